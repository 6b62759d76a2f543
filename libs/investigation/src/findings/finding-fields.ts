import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsIn, IsOptional, ValidateNested } from 'class-validator';
import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { known, requireParties, requireRecords } from '../known-records.js';
import { Ids, OptionalId } from '../fields.js';
import { Confidence } from '../values/confidence.js';
import { Likelihood } from '../values/likelihood.js';
import { Text, TextInput } from '../values/text.js';

/** What a finding says, as its commands take it. */
@InputType({ isAbstract: true })
export abstract class FindingCommand extends CaseCommand {
  @Field(() => TextInput, { description: 'What was found.' })
  @ValidateNested()
  text!: TextInput;

  @Ids('The questions of this case that it answers.')
  answers: string[] = [];

  @Ids('The records of this case that it rests on.')
  support: string[] = [];

  @Ids('The records of this case that speak against it.')
  against: string[] = [];

  @Field(() => Likelihood, { nullable: true, description: 'How likely it is; omitted: not assessed.' })
  @IsOptional()
  @IsIn(Object.values(Likelihood))
  likelihood?: Likelihood | null;

  @Field(() => Confidence, { nullable: true, description: 'How good its basis is; omitted: not assessed.' })
  @IsOptional()
  @IsIn(Object.values(Confidence))
  confidence?: Confidence | null;

  @OptionalId('The party who found it; omitted: we ourselves.')
  assessedBy?: string | null;
}

/** What a finding says, as its events keep it. */
@ObjectType({ isAbstract: true })
export abstract class FindingFacts {
  @Field(() => ID, { description: 'The finding.' })
  findingId!: string;

  @Field(() => Text, { description: 'What was found.' })
  text!: Text;

  @Field(() => [ID], { description: 'The questions that it answers.' })
  answers!: string[];

  @Field(() => [ID], { description: 'The records that it rests on.' })
  support!: string[];

  @Field(() => [ID], { description: 'The records that speak against it.' })
  against!: string[];

  @Field(() => Likelihood, { nullable: true, description: 'How likely it is; null: not assessed.' })
  likelihood?: Likelihood;

  @Field(() => Confidence, { nullable: true, description: 'How good its basis is; null: not assessed.' })
  confidence?: Confidence;

  @Field(() => ID, { nullable: true, description: 'The party whose assessment it is; null: our own.' })
  assessedBy?: string;
}

/** The facts of a command, its references checked; a record cannot both support the finding and speak against it. */
export function findingFacts(command: FindingCommand, state: Frozen<CaseState>): Omit<FindingFacts, 'findingId'> {
  const { text, answers, support, against, likelihood, confidence, assessedBy } = command;
  for (const id of answers) known(state.questions, id, 'question');
  requireRecords(state, [...support, ...against]);
  requireParties(state, [assessedBy]);
  const both = support.find((id) => against.includes(id));
  if (both) refuse('BOTH_SIDES', `The record ${both} cannot both support the finding and speak against it.`);
  return {
    ...{ text, answers, support, against, likelihood: likelihood ?? undefined },
    ...{ confidence: confidence ?? undefined, assessedBy: assessedBy ?? undefined },
  };
}
