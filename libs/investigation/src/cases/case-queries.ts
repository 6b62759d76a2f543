import { Args, ArgsType, Context, Field, ID, Info, Query, Resolver } from '@nestjs/graphql';
import { IsOptional, Length, ValidateNested } from 'class-validator';
import { type GraphQLResolveInfo } from 'graphql';
import { AsOfInput } from '#api/as-of.js';
import { type RequestContext } from '#api/request-context.js';
import { type ReadSession } from '#read-models/read-session.js';
import { refuse } from '#event-sourcing/refusal.js';
import { Case } from './case.js';
import { caseNode } from './case-node.js';
import { caseModel } from './case-read-model.js';

@ArgsType()
export class CaseArgs {
  @Field(() => ID, { nullable: true, description: 'The id of the case.' })
  @IsOptional()
  @Length(1, 200)
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'The number of the case: CASE-2025-0001.' })
  @IsOptional()
  @Length(1, 200)
  number?: string | null;

  @Field(() => AsOfInput, { nullable: true, description: 'The moment to read at; omitted: now.' })
  @IsOptional()
  @ValidateNested()
  asOf?: AsOfInput | null;
}

/** One case, now or as of a past moment. */
@Resolver(() => Case)
export class CaseQueries {
  @Query(() => Case, {
    nullable: true,
    description: 'A case by its id or number; null if there is none that you may see.',
  })
  async case(
    @Args() { id, number, asOf }: CaseArgs,
    @Context() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Case | null> {
    const where = id ? { id } : number ? { column: 'number', value: number } : undefined;
    if (!where || (id && number)) {
      const message = 'give exactly one of id and number';
      refuse('VALIDATION_FAILED', message, { violations: [{ path: 'id', code: 'ONE_OF', message }] });
    }
    const at = await context.at(String(info.path.key), asOf);
    const { session } = context;
    const subject = await session.subject(caseModel, where, at);
    if (!subject && !asOf) {
      const find = async (other: ReadSession) => (await other.subject(caseModel, where, await other.at()))?.row.id;
      context.missed('case', (id ?? number)!, async (other) => ((await find(other)) as string | undefined) ?? null);
    }
    return subject && caseNode(subject, session, at);
  }
}
