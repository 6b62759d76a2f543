import {
  Args,
  ArgsType,
  Context,
  Field,
  Info,
  InputType,
  Int,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { IsIn, IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { type GraphQLResolveInfo } from 'graphql';
import { AsOfInput } from '#api/as-of.js';
import { connection, PageArgs } from '#api/connection.js';
import { pageRequest, RowPage } from '#api/paging.js';
import { type RequestContext } from '#api/request-context.js';
import { type Condition } from '#read-models/condition.js';
import { type ReadPoint, type ReadSession, type SubjectRow } from '#read-models/read-session.js';
import { describedEnum } from '../values/described-enum.js';
import { KnownAsOfInput, knowingSession } from '../knowledge/known-as-of.js';
import { Case } from './case.js';
import { caseCondition } from './case-condition.js';
import { CaseFilter } from './case-filter.js';
import { caseNode } from './case-node.js';
import { caseModel } from './case-read-model.js';

export const CaseOrder = describedEnum('CaseOrder', 'What cases can be ordered by, beside their last change.', {
  NUMBER: 'The number.',
  RECORDED: 'When they were opened, as recorded.',
  TITLE: 'The title; case and accents do not count.',
});
export type CaseOrder = keyof typeof CaseOrder;

const DIRECTIONS = { ASC: 'asc', DESC: 'desc' } as const;
const COLUMNS = { NUMBER: 'numberOrder', RECORDED: 'recordedAt', TITLE: 'title' } as const;

export const Direction = describedEnum('Direction', 'Which end of an order comes first.', {
  ASC: 'The smallest, earliest or first in the alphabet.',
  DESC: 'The greatest, latest or last in the alphabet.',
});
export type Direction = keyof typeof Direction;

@InputType({ description: 'What to order cases by.' })
export class CaseOrderBy {
  @Field(() => CaseOrder, { description: 'By what.' })
  @IsIn(Object.keys(CaseOrder))
  field!: CaseOrder;

  @Field(() => Direction, { defaultValue: 'DESC', description: 'Which end comes first.' })
  @IsIn(Object.keys(Direction))
  direction: Direction = 'DESC';
}

@ArgsType()
export class CasesArgs extends PageArgs {
  @Field(() => CaseFilter, { nullable: true, description: 'Which cases count; omitted: all that you may see.' })
  @IsOptional()
  @ValidateNested()
  filter?: CaseFilter | null;

  @Field(() => CaseOrderBy, { nullable: true, description: 'The order; omitted: last changed first.' })
  @IsOptional()
  @ValidateNested()
  orderBy?: CaseOrderBy | null;

  @Field(() => AsOfInput, { nullable: true, description: 'The moment to read at; omitted: now.' })
  @IsOptional()
  @ValidateNested()
  asOf?: AsOfInput | null;

  @Field(() => KnownAsOfInput, {
    nullable: true,
    description: 'Only cases, and records of them, that a party knew of at a moment; omitted: all that you may see.',
  })
  @IsOptional()
  @ValidateNested()
  knownAsOf?: KnownAsOfInput | null;
}

@ArgsType()
export class TotalCountArgs {
  @Field(() => Int, { nullable: true, defaultValue: 10_000, description: 'Count no further than this, 1 to 100,000.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100_000)
  max?: number | null;
}

@ObjectType({ description: 'How many there are.' })
export class TotalCount {
  @Field(() => Int, { description: 'The number, or how far was counted.' })
  value!: number;

  @Field(() => Boolean, { description: 'Whether it is the number; false: there are more.' })
  exact!: boolean;
}

/** A page of cases, and what is needed to count them all. */
class CasePage extends RowPage<SubjectRow, Case> {
  counted!: { session: ReadSession; where: Condition | undefined; at: ReadPoint };
}

const CaseConnection = connection(Case);

/** Lists of cases, now or as of a past moment. */
@Resolver(() => CaseConnection)
export class CaseList {
  @Query(() => CaseConnection, { description: 'The cases that you may see.' })
  async cases(
    @Args() args: CasesArgs,
    @Context() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CasePage> {
    const { filter, orderBy, asOf, knownAsOf } = args;
    const list = { kind: 'cases', args: { filter, orderBy, asOf, ...(knownAsOf && { knownAsOf }) } };
    const field = String(info.path.key);
    const asked = await context.at(field, asOf);
    const request = await pageRequest(list, args, asked, context);
    const session = await knowingSession(context.session, knownAsOf);
    const { at, first, after } = request;
    if (at !== asked) context.readAt(field, at);
    const where = filter ? caseCondition(filter) : undefined;
    const order = orderBy ? { column: COLUMNS[orderBy.field], direction: DIRECTIONS[orderBy.direction] } : undefined;
    const { rows, hasNext } = await session.subjects(caseModel, { where, orderBy: order, first, after }, at);
    const page = new CasePage(rows, hasNext, (row) => caseNode(row, session, at, knownAsOf), list, request, context);
    page.counted = { session, where, at };
    return page;
  }

  @ResolveField(() => TotalCount, {
    description: 'How many cases the filter lets through. Costs more than a page: ask only if you need it.',
  })
  totalCount(
    @Parent() { counted: { session, where, at } }: CasePage,
    @Args() { max }: TotalCountArgs,
  ): Promise<TotalCount> {
    return session.countSubjects(caseModel, where, max ?? 10_000, at);
  }
}
