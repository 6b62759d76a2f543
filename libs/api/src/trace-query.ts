import { Args, ArgsType, Context, Field, Int, Query, Resolver } from '@nestjs/graphql';
import { IsOptional, Length } from 'class-validator';
import { type ServedEvent } from '#read-models/served-event.js';
import { DEFAULT_PER_PAGE, MOST_PER_PAGE, pageSize } from './connection.js';
import { EventFeedPage } from './event-queries.js';
import { recordedEvent } from './recorded-event.js';
import { type FeedPosition, furthest, positionOf, resumed } from './following/feed-place.js';
import { type RequestContext } from './request-context.js';

@ArgsType()
export class TraceArgs {
  @Field(() => String, { description: 'The correlation id that the events share.' })
  @Length(1, 200)
  correlationId!: string;

  @Field(() => String, { nullable: true, description: 'The cursor of the page before; omitted for the first page.' })
  @IsOptional()
  @Length(1, 1000)
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_PER_PAGE,
    description: `How many to answer: 1 to ${MOST_PER_PAGE}.`,
  })
  @IsOptional()
  first?: number | null;
}

const TRACE = 'trace';
/** Events that one answer looks through, and characters of their payloads: correlation ids have no index. */
const MOST_EVENTS = 1_000;
const MOST_CHARACTERS = 2_097_152;
const STEP = 100;

/** Everything that belongs to one undertaking, over all cases. */
@Resolver()
export class TraceQuery {
  @Query(() => EventFeedPage, {
    description:
      'The events of one correlation id that you may see, in log order. An answer looks through a stretch of the log: it can hold few events or none and not be caught up; go on with its cursor until `caughtUp`.',
  })
  async trace(@Args() args: TraceArgs, @Context() context: RequestContext): Promise<EventFeedPage> {
    const { correlationId, after: cursor } = args;
    const first = pageSize(args);
    const point = await context.at(TRACE, null);
    const start = cursor ? await startOf(cursor, correlationId, context) : { sequence: 0 };
    const { found, reached, caughtUp } = await search(context, start, first, correlationId);
    const { sequence, recordedAt } = caughtUp ? furthest(point, reached) : reached;
    return {
      nodes: found.map(recordedEvent),
      cursor: context.cursors.encode({ kind: TRACE, sequence, position: sequence, recordedAt }, correlationId),
      head: point.sequence,
      caughtUp,
    };
  }
}

/** Where a trace goes on. Refuses with CURSOR_INVALID and UNAVAILABLE. */
async function startOf(cursor: string, args: string, { cursors, session }: RequestContext): Promise<FeedPosition> {
  return resumed(cursors.decode(cursor, { kind: TRACE, args, head: await session.head() }), session);
}

/** Looks through events under the access filter until enough are found, or enough were looked at. */
async function search(context: RequestContext, from: FeedPosition, first: number, correlationId: string) {
  const found: ServedEvent[] = [];
  let reached = from;
  let characters = 0;
  for (let looked = 0; looked < MOST_EVENTS && characters < MOST_CHARACTERS;) {
    const { rows, hasNext } = await context.session.events({ after: reached.sequence, first: STEP });
    for (const event of rows) {
      characters += event.stored.payload.length;
      reached = positionOf(event.envelope);
      if (event.envelope.correlationId !== correlationId) continue;
      found.push(event);
      if (found.length === first) return { found, reached, caughtUp: !hasNext && event === rows.at(-1) };
    }
    looked += rows.length;
    if (!hasNext) return { found, reached, caughtUp: true };
  }
  return { found, reached, caughtUp: false };
}
