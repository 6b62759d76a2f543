import { Args, Context, Field, ID, Info, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { type GraphQLResolveInfo } from 'graphql';
import { type ServedEvent } from '#read-models/read-session.js';
import { pageSize } from './connection.js';
import { feedCursor, filterOf, furthest, positionOf, startOf } from './following/feed-place.js';
import { EventsArgs } from './following/follow-args.js';
import { RecordedEvent, recordedEvent } from './recorded-event.js';
import { type RequestContext } from './request-context.js';
import { Sequence } from './scalars.js';

@ObjectType({ description: 'A stretch of the feed of all events that you may see, in log order.' })
export class EventFeedPage {
  @Field(() => [RecordedEvent], { description: 'The events.' })
  nodes!: RecordedEvent[];

  @Field(() => String, { description: 'Where to go on: give it as `after`, whether or not there was any event.' })
  cursor!: string;

  @Field(() => Sequence, { description: 'The last event that the read models had come to at the moment of reading.' })
  head!: number;

  @Field(() => Boolean, { description: 'Whether there was nothing more to read.' })
  caughtUp!: boolean;
}

/** The case that an event stands in. */
const caseOf = (event: ServedEvent | null): string | null =>
  /^case-(.*)$/.exec(event?.stored.stream ?? '')?.[1] ?? null;

/** History over all cases: one event, and the feed. */
@Resolver()
export class EventQueries {
  @Query(() => RecordedEvent, {
    nullable: true,
    description: 'An event by its id; null if there is none that you may see.',
  })
  async event(
    @Args('id', { type: () => ID, description: 'The id of the event.' }) id: string,
    @Context() context: RequestContext,
  ): Promise<RecordedEvent | null> {
    await context.at('event', null);
    const event = await context.session.event(id);
    if (!event) context.missed('event', id, async (session) => caseOf(await session.event(id)));
    return event && recordedEvent(event);
  }

  @Query(() => EventFeedPage, {
    description: 'The events that you may see, in log order, from any point on; waits for one where `waitMs` says so.',
  })
  async events(
    @Args() args: EventsArgs,
    @Context() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EventFeedPage> {
    const first = pageSize(args);
    const { cursors } = context;
    let { session } = context;
    let point = await context.at('events', null);
    const start = await startOf(args, cursors, session);
    const asked = { after: start.sequence, first, ...filterOf(args) };
    let page = await session.events(asked);
    if (
      page.rows.length === 0 &&
      args.waitMs &&
      (await context.arrival({ ...asked, transport: 'polling' }, args.waitMs))
    ) {
      // What has come is later than the moment that the answer's other fields are read at.
      session = context.newSession();
      point = await session.at();
      page = await session.events(asked);
      context.readAt(String(info.path.key), point);
    }
    const { rows, hasNext } = page;
    const { sequence: head } = point;
    const reached = hasNext ? positionOf(rows.at(-1)!.envelope) : furthest(point, start);
    const cursor = feedCursor(cursors, reached);
    return { nodes: rows.map(recordedEvent), cursor, head, caughtUp: !hasNext };
  }
}
