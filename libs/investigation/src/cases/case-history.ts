import { Args, ArgsType, Context, Field, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ArrayMaxSize, IsArray, IsOptional, Length } from 'class-validator';
import { connection, type Connection, PageArgs } from '#api/connection.js';
import { pageRequest, RowPage } from '#api/paging.js';
import { RecordedEvent, recordedEvent } from '#api/recorded-event.js';
import { type RequestContext } from '#api/request-context.js';
import { Case } from './case.js';
import { readAt } from './case-node.js';

@ArgsType()
export class HistoryArgs extends PageArgs {
  @Field(() => [String], { nullable: true, description: 'Only events of these types; omitted: of all.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @Length(1, 200, { each: true })
  types?: string[] | null;
}

const EventConnection = connection(RecordedEvent);

/** Everything that was recorded in a case, in order. */
@Resolver(() => Case)
export class CaseHistory {
  @ResolveField(() => EventConnection, {
    description: 'Everything that was recorded in the case, first things first.',
  })
  async history(
    @Parent() parent: Case,
    @Args() args: HistoryArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordedEvent>> {
    const { session, at, key } = readAt(parent);
    const types = args.types ?? undefined;
    const list = { kind: 'case.history', args: { key, types } };
    const request = await pageRequest(list, args, at, context);
    const { rows, hasNext } = await session.history(
      key,
      { types, first: request.first, after: request.after },
      request.at,
    );
    const events = rows.map((event) => ({ cursor: event.envelope.sequence, event }));
    return new RowPage(events, hasNext, ({ event }) => recordedEvent(event), list, request, context);
  }
}
