import { Args, ArgsType, Context, Field, ID, Info, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { IsOptional, Length, ValidateNested } from 'class-validator';
import { type GraphQLResolveInfo } from 'graphql';
import { type CouldSee as Line, WhoCouldSee } from '#access/past/could-see.js';
import { accessThen, type PolicyThen } from '#access/past/access-then.js';
import { AsOfInput } from '#api/as-of.js';
import { connection, PageArgs } from '#api/connection.js';
import { NeedsScope } from '#api/needs-scope.js';
import { type PageRequest, pageRequest, RowPage } from '#api/paging.js';
import { type RequestContext } from '#api/request-context.js';
import { refuse } from '#event-sourcing/refusal.js';
import { caseThen } from './case-then.js';
import { CouldSee, PolicyInForce } from './could-see.js';

@ArgsType()
export class WhoCouldSeeArgs extends PageArgs {
  @Field(() => ID, { description: 'The case.' })
  @Length(1, 200)
  caseId!: string;

  @Field(() => ID, { nullable: true, description: 'A record of the case; omitted: the case itself.' })
  @IsOptional()
  @Length(1, 200)
  recordId?: string | null;

  @Field(() => AsOfInput, { nullable: true, description: 'The moment that is asked about; omitted: now.' })
  @IsOptional()
  @ValidateNested()
  at?: AsOfInput | null;
}

interface Row {
  cursor: number;
  line: Line;
}

/** A page of who could see, and what holds for all of them. */
class CouldSeePage extends RowPage<Row, CouldSee> {
  restrictedThen!: boolean;
  policyThen!: PolicyThen | null;
}

const LIST = 'whoCouldSee';
const CouldSeeConnection = connection(CouldSee);

/** Who could see a case, or a record of it, at a moment: from the events alone, by the policy of then. */
@Resolver(() => CouldSeeConnection)
export class WhoCouldSeeQuery {
  @Query(() => CouldSeeConnection, {
    description:
      "Who could see a case, or one of its records, at a moment, whatever holds today: by the case's members, restriction and walls, the keys that were live, the groups and what they were mapped to, and the access policy, as events told of them by then. For a case's auditors and for those who manage its members. Ordered by kind and id.",
  })
  @NeedsScope('AUDIT')
  async whoCouldSee(
    @Args() args: WhoCouldSeeArgs,
    @Context() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CouldSeePage> {
    const { caseId, at } = args;
    const recordId = args.recordId ?? null;
    const field = String(info.path.key);
    const { reach, hidden } = (await context.requireAuditor(LIST, caseId))!;
    const list = { kind: LIST, args: { caseId, recordId, at } };
    const asked = await context.at(field, at, 'at');
    const request = await pageRequest(list, args, asked, context);
    if (request.at !== asked) context.readAt(field, request.at);
    const streamThen = (stream: string) => context.session.stream(stream, request.at);
    const ofCase = await caseThen(streamThen, caseId, recordId);
    // To people of outside organisations a case begins with its share: who saw it before is not for them.
    if (ofCase.revision < (reach?.since ?? Infinity)) {
      refuse('NOT_FOUND', `There was no case ${caseId} at that moment that you may see.`);
    }
    const { recordIds, hasRecord } = ofCase;
    if (recordId !== null && (!hasRecord || recordIds.some((id) => hidden.includes(id)))) {
      context.missedRecord(LIST, caseId, recordId);
    }
    const then = await accessThen(streamThen);
    context.audited(LIST, caseId, recordId);
    const who = new WhoCouldSee({ then, ofCase, recordIds, now: momentOf(at, asked) });
    const { rows, hasNext } = await lines(who, request, context);
    const page = new CouldSeePage(rows, hasNext, ({ line }) => line, list, request, context);
    return Object.assign(page, { restrictedThen: ofCase.access.restricted, policyThen: then.policy });
  }

  @ResolveField(() => Boolean, { description: 'Whether the case was restricted to its members.' })
  restricted(@Parent() page: CouldSeePage): boolean {
    return page.restrictedThen;
  }

  @ResolveField(() => PolicyInForce, {
    nullable: true,
    description:
      'The access policy that was in force. Null: none had been recorded by then, so what roles gave is not known, and the list holds the members of the case alone.',
  })
  policy(@Parent() { policyThen }: CouldSeePage): PolicyInForce | null {
    if (!policyThen) return null;
    const { recorded, event } = policyThen;
    return { version: recorded.policyVersion, digest: recorded.policyDigest, event };
  }
}

/** The moment that keys' expiry is judged by: the one asked for, which may be later than the last event before it. */
function momentOf(at: AsOfInput | null | undefined, asked: { recordedAt: string }): number {
  if (!at) return Date.now();
  return Date.parse(at.time ?? asked.recordedAt);
}

/** Looked at between two pauses. */
const AT_ONCE = 250;

/** A page of lines behind a place in the order of the names, which is the same at the same moment. */
async function lines(who: WhoCouldSee, { first, after }: PageRequest, context: RequestContext) {
  const rows: Row[] = [];
  for (let n = after ?? 0; n < who.names.length; n++) {
    if (n % AT_ONCE === 0) await context.breath();
    const line = who.line(who.names[n]);
    if (!line) continue;
    if (rows.length === first) return { rows, hasNext: true };
    rows.push({ cursor: n + 1, line });
  }
  return { rows, hasNext: false };
}
