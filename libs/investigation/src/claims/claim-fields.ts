import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsBoolean, IsOptional } from 'class-validator';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties, requireRecords } from '../known-records.js';
import { Choice, Ids, OptionalPart, Parts, SaidBy, When, Words } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Source, type SourceInput } from '../values/source.js';
import { Text, type TextInput } from '../values/text.js';
import { ClaimKind } from './claim-kind.js';
import { Comparison } from './comparison.js';
import { CostClaim } from './cost-claim.js';

/** What is claimed of products, as the commands take it. */
@InputType({ isAbstract: true })
export abstract class ClaimCommand extends CaseCommand {
  @Words('What is claimed, in its own language, perhaps with a translation.')
  text!: TextInput;

  @SaidBy('Who claims it (`assertedBy`), through whom it is known, and how good that is.')
  source!: SourceInput;

  @Choice(ClaimKind, 'What sort of claim it is.')
  claimKind!: ClaimKind;

  @Ids('Products and other records of this case that it is about.')
  about: string[] = [];

  @Ids('Statements and reports in which it is made.')
  statedIn: string[] = [];

  @Parts(Comparison, 50, 'How it compares them with others, on which criteria.')
  comparisons: Comparison[] = [];

  @Field(() => Boolean, { nullable: true, description: 'True: the criteria are examples, the source speaks of more.' })
  @IsOptional()
  @IsBoolean()
  criteriaAreExamples?: boolean | null;

  @OptionalPart(CostClaim, 'What it claims of the cost.')
  cost?: CostClaim | null;

  @When('When it was claimed.')
  occurredAt: string = 'NOT_STATED';
}

/** What is claimed of products, as the events keep it. */
@ObjectType({ isAbstract: true })
export abstract class ClaimFacts {
  @Field(() => ID, { description: 'The claim.' })
  claimId!: string;

  @Field(() => Text, { description: 'What is claimed, in its own language, perhaps with a translation.' })
  text!: Text;

  @Field(() => Source, { description: 'Who claims it (`assertedBy`), through whom it is known, and how good that is.' })
  source!: Source;

  @Field(() => ClaimKind, { description: 'What sort of claim it is.' })
  claimKind!: ClaimKind;

  @Field(() => [ID], { description: 'Products and other records of this case that it is about.' })
  about!: string[];

  @Field(() => [ID], { description: 'Statements and reports in which it is made.' })
  statedIn!: string[];

  @Field(() => [Comparison], { description: 'How it compares them with others, on which criteria.' })
  comparisons!: Comparison[];

  @Field(() => Boolean, { nullable: true, description: 'True: the criteria are examples, the source speaks of more.' })
  criteriaAreExamples?: boolean;

  @Field(() => CostClaim, { nullable: true, description: 'What it claims of the cost.' })
  cost?: CostClaim;

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

/** The facts of a command, everything it names checked. */
export function claimFacts(command: ClaimCommand, state: Frozen<CaseState>): Omit<ClaimFacts, 'claimId'> {
  const { text, source, claimKind, about } = command;
  const { statedIn, comparisons, criteriaAreExamples, cost, occurredAt } = command;
  requireParties(state, [source.assertedBy, ...(source.via ?? [])]);
  requireRecords(state, [...about, ...comparisons.flatMap(({ comparedWith }) => comparedWith ?? [])]);
  requireRecords(state, [...(cost?.comparedWith ?? []), ...statedIn]);
  const facts = {
    ...{ text, source, claimKind, about },
    ...{ statedIn, comparisons, criteriaAreExamples, cost, occurredAt },
  };
  return facts as Omit<ClaimFacts, 'claimId'>;
}
