import { Args, ArgsType, Context, Field, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ArrayMaxSize, IsArray, IsOptional, Length } from 'class-validator';
import { connection, type Connection, PageArgs } from '#api/connection.js';
import { TYPES } from '#api/following/follow-args.js';
import { pageRequest, RowPage } from '#api/paging.js';
import { RecordedEvent, recordedEvent } from '#api/recorded-event.js';
import { type RequestContext } from '#api/request-context.js';
import { type ServedEvent } from '#read-models/read-session.js';
import { mergedInto, union } from '../merges/merged-cases.js';
import { Case } from './case.js';
import { readAt } from './case-node.js';

@ArgsType()
export class HistoryArgs extends PageArgs {
  @Field(() => [String], { nullable: true, description: TYPES })
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
    description: 'Everything that was recorded in the case, and in those merged into it, first things first.',
  })
  async history(
    @Parent() parent: Case,
    @Args() args: HistoryArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<RecordedEvent>> {
    const read = readAt(parent);
    const { session, at, key } = read;
    const types = args.types ?? undefined;
    const list = { kind: 'case.history', args: read.known ? { key, types, known: read.known } : { key, types } };
    const request = await pageRequest(list, args, at, context);
    const { first, after } = request;
    const others = await mergedInto(parent, request.at);
    const keys = [key, ...others.map((other) => other.key)];
    const pages = await Promise.all(keys.map((one) => session.history(one, { types, first, after }, request.at)));
    const inOrder = (one: ServedEvent, other: ServedEvent) => one.envelope.sequence - other.envelope.sequence;
    const { rows, hasNext } = pages.length === 1 ? pages[0] : union(pages, first, inOrder);
    const events = rows.map((event) => ({ cursor: event.envelope.sequence, event }));
    return new RowPage(events, hasNext, ({ event }) => recordedEvent(event), list, request, context);
  }
}
