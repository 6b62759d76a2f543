import { Args, ArgsType, Context, Field, ID, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { ArrayMaxSize, IsArray, IsOptional, Length } from 'class-validator';
import { pageSize } from './connection.js';
import { aheadOfLog } from './cursors.js';
import { RecordedEvent, recordedEvent } from './recorded-event.js';
import { type RequestContext } from './request-context.js';
import { Sequence } from './scalars.js';

@ArgsType()
export class EventsArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor of this feed, or a sequence in decimals ("0": from the first event); omitted: from the first event.',
  })
  @IsOptional()
  @Length(1, 1000)
  after?: string | null;

  @Field(() => [String], { nullable: true, description: 'Only events of these types; omitted: of all.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @Length(1, 200, { each: true })
  types?: string[] | null;

  @Field(() => Int, { nullable: true, defaultValue: 20, description: 'How many to answer: 1 to 100.' })
  @IsOptional()
  first?: number | null;
}

@ObjectType({ description: 'A stretch of the feed of all events that you may see, in log order.' })
export class EventFeedPage {
  @Field(() => [RecordedEvent], { description: 'The events.' })
  nodes!: RecordedEvent[];

  @Field(() => String, { description: 'Where to go on: give it as `after`, whether or not there was any event.' })
  cursor!: string;

  @Field(() => Sequence, { description: 'The last event of the log at the moment of reading.' })
  head!: number;

  @Field(() => Boolean, { description: 'Whether there was nothing more to read.' })
  caughtUp!: boolean;
}

const FEED = 'events';

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
    return event && recordedEvent(event);
  }

  @Query(() => EventFeedPage, { description: 'The events that you may see, in log order, from any point on.' })
  async events(@Args() args: EventsArgs, @Context() context: RequestContext): Promise<EventFeedPage> {
    const first = pageSize(args);
    const { sequence: head } = await context.at(FEED, null);
    const after = await this.startOf(args, context);
    const { rows, hasNext } = await context.session.events({ after, types: args.types ?? undefined, first });
    const reached = hasNext ? rows.at(-1)!.envelope.sequence : Math.max(after, head);
    return {
      nodes: rows.map(recordedEvent),
      cursor: context.cursors.encode({ kind: FEED, sequence: reached, position: reached }),
      head,
      caughtUp: !hasNext,
    };
  }

  private async startOf({ after }: EventsArgs, context: RequestContext): Promise<number> {
    if (after === null || after === undefined) return 0;
    const head = await context.session.head();
    if (!/^\d{1,16}$/.test(after)) {
      return Number(context.cursors.decode(after, { kind: FEED, head }).position);
    }
    const sequence = Number(after);
    return sequence <= head ? sequence : aheadOfLog(sequence, head);
  }
}
