import {
  Args,
  ArgsType,
  Context,
  Field,
  ID,
  Info,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  Length,
  ValidateNested,
} from 'class-validator';
import { type GraphQLResolveInfo } from 'graphql';
import { AsOfInput } from '#api/as-of.js';
import { connection, type Connection, PageArgs } from '#api/connection.js';
import { pageRequest, RowPage } from '#api/paging.js';
import { type RequestContext } from '#api/request-context.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { type ReadPoint, type ReadSession, type TextHit } from '#read-models/read-session.js';
import { termsOf } from '#read-models/search/text-query.js';
import { isSearched } from '#read-models/search/text-rank.js';
import { capabilities } from '../capabilities.js';
import { Case } from '../cases/case.js';
import { caseNode, readAt, nodeReadAt } from '../cases/case-node.js';
import { caseModel } from '../cases/case-read-model.js';
import { readCases } from '../cases/read-cases.js';
import { isTakenBack } from '../retractions/taken-back.js';
import { describedEnum } from '../values/described-enum.js';

/** `caseRelations` as enumerations are written: `CASE_RELATIONS`. */
const kindOf = (model: string): string => model.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

const searched = capabilities.flatMap(({ readModel }) => (readModel && isSearched(readModel) ? [readModel.name] : []));
const modelOf = new Map(searched.map((name) => [kindOf(name), name]));

export const SearchKind = describedEnum(
  'SearchKind',
  'What can be searched: cases, and their records by kind.',
  Object.fromEntries(searched.map((name) => [kindOf(name), `The texts of ${name}.`])),
);

@ArgsType()
export class SearchArgs extends PageArgs {
  @Field(() => String, {
    description:
      'What to look for, 1-1,000 characters: all of these words, in any order, whatever their case and accents. `distil*` is a prefix, `"model distillation"` a phrase. At most 20 words and phrases.',
  })
  @Length(1, 1_000)
  text!: string;

  @Field(() => [SearchKind], { nullable: true, description: 'Only these; omitted: everything.' })
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsIn(Object.keys(SearchKind), { each: true })
  kinds?: string[] | null;

  @Field(() => AsOfInput, { nullable: true, description: 'The moment to search at; omitted: now.' })
  @IsOptional()
  @ValidateNested()
  asOf?: AsOfInput | null;
}

@ObjectType({ description: 'A case or a record in whose texts all that was looked for stands.' })
export class SearchHit {
  @Field(() => SearchKind, { description: 'Of what kind it is.' })
  kind!: string;

  @Field(() => ID, { description: 'The record, or the case itself.' })
  recordId!: string;

  @Field(() => ID, { description: 'The case that it stands in.' })
  inCase!: string;

  @Field(() => [String], { description: 'The beginnings of the texts in which it was found, at most 3.' })
  excerpts!: string[];

  @Field(() => Boolean, {
    description: 'Whether it was retracted or withdrawn by then: it stays to be found, and counts no longer.',
  })
  takenBack!: boolean;
}

const SearchHitConnection = connection(SearchHit);

/** Everything that was ever written, found by its words. */
@Resolver(() => SearchHit)
export class SearchQuery {
  @Query(() => SearchHitConnection, {
    description: 'Cases and records by the words of their texts, last changed first; those that you may see.',
  })
  async search(
    @Args() args: SearchArgs,
    @Context() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<SearchHit>> {
    const { text, kinds, asOf } = args;
    const terms = termsOf(text);
    const field = String(info.path.key);
    const list = { kind: 'search', args: { text, kinds, asOf } };
    const asked = await context.at(field, asOf);
    const request = await pageRequest(list, args, asked, context);
    const { at, first, after } = request;
    if (at !== asked) context.readAt(field, at);
    const { session } = context;
    const models = kinds?.map((kind) => modelOf.get(kind)!);
    const { hits, hasNext } = await session.search(terms, { models, first, after }, at);
    await readCases(
      hits.map(({ subjectId }) => subjectId),
      session,
      at,
    );
    const rows = hits.map((hit) => ({ cursor: hit.rank, hit }));
    return new RowPage(rows, hasNext, ({ hit }) => hitNode(hit, session, at), list, request, context);
  }

  @ResolveField(() => Case, {
    nullable: true,
    description: 'The case that it stands in, read at the same moment; null if you may not see it any more.',
  })
  async case(@Parent() hit: SearchHit): Promise<Case | null> {
    const { session, at } = readAt(hit);
    const subject = await session.subject(caseModel, { id: hit.inCase }, at);
    return subject && caseNode(subject, session, at);
  }
}

function hitNode(
  { model, row, subjectId, subjectKey, texts }: TextHit,
  session: ReadSession,
  at: ReadPoint,
): SearchHit {
  const hit: SearchHit = {
    kind: kindOf(model.name),
    recordId: row.id as string,
    inCase: subjectId,
    excerpts: texts.slice(0, 3).map((text) => excerpt(text)),
    takenBack: isTakenBack(row),
  };
  return nodeReadAt(hit, { session, at, key: subjectKey });
}
