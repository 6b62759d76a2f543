import { Args, ArgsType, Context, Field, ID, Info, Query, Resolver } from '@nestjs/graphql';
import { IsOptional, Length, ValidateNested } from 'class-validator';
import { type GraphQLResolveInfo } from 'graphql';
import { AsOfInput } from '#api/as-of.js';
import { type RequestContext } from '#api/request-context.js';
import { type ReadPoint, type ReadSession, type SubjectRow } from '#read-models/read-session.js';
import { KnownAsOfInput, knowingSession, requireKnower } from '../knowledge/known-as-of.js';
import { refuse } from '#event-sourcing/refusal.js';
import { ExternalIdInput } from '../references/external-id-input.js';
import { caseReferredTo } from '../references/referred-case.js';
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

  @Field(() => ExternalIdInput, { nullable: true, description: 'What the case is called in another system.' })
  @IsOptional()
  @ValidateNested()
  reference?: ExternalIdInput | null;

  @Field(() => AsOfInput, { nullable: true, description: 'The moment to read at; omitted: now.' })
  @IsOptional()
  @ValidateNested()
  asOf?: AsOfInput | null;

  @Field(() => KnownAsOfInput, {
    nullable: true,
    description: 'Only what a party knew at a moment; omitted: all that you may see.',
  })
  @IsOptional()
  @ValidateNested()
  knownAsOf?: KnownAsOfInput | null;
}

/** One case, now or as of a past moment. */
@Resolver(() => Case)
export class CaseQueries {
  @Query(() => Case, {
    nullable: true,
    description:
      'A case by its id, its number or what it is called in another system; null if there is none that you may see.',
  })
  async case(
    @Args() { id, number, reference, asOf, knownAsOf }: CaseArgs,
    @Context() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Case | null> {
    const given = [id, number, reference].filter((one) => one !== null && one !== undefined);
    if (given.length !== 1) {
      const message = 'give exactly one of id, number and reference';
      refuse('VALIDATION_FAILED', message, { violations: [{ path: 'id', code: 'ONE_OF', message }] });
    }
    const at = await context.at(String(info.path.key), asOf);
    const { session } = context;
    const find = async (reads: ReadSession, moment: ReadPoint): Promise<SubjectRow | null> => {
      if (reference) return caseReferredTo(reference, reads, moment);
      return reads.subject(caseModel, id ? { id } : { column: 'number', value: number! }, moment);
    };
    const subject = await find(session, at);
    if (!subject && !asOf) {
      const asked = id ?? number ?? `${reference!.system} ${reference!.externalId}`;
      context.missed('case', asked, async (other) => {
        const missed = await find(other, await other.at());
        return (missed?.row.id as string | undefined) ?? null;
      });
    }
    if (!subject) return null;
    if (knownAsOf) await requireKnower(session, subject.key, knownAsOf, at);
    return caseNode(subject, await knowingSession(session, knownAsOf), at, knownAsOf);
  }
}
