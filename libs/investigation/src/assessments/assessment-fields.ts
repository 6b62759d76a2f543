import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { Ids, isGiven, OptionalId, When } from '../fields.js';
import { requireParties } from '../known-records.js';
import { type PartiesState } from '../parties/party-state.js';
import { Confidence } from '../values/confidence.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Likelihood } from '../values/likelihood.js';
import { RELAYS_MAX } from '../values/source.js';
import { Text, TextInput } from '../values/text.js';
import { Dissent, DissentInput } from './dissent.js';

/** How somebody judges something, as commands take it: whatever is omitted is not stated. */
@InputType({ isAbstract: true })
export abstract class AssessmentCommand extends CaseCommand {
  @Field(() => Likelihood, { nullable: true, description: 'How likely it is; null: not stated.' })
  @IsOptional()
  @IsIn(Object.values(Likelihood))
  likelihood?: Likelihood | null;

  @Field(() => Confidence, {
    nullable: true,
    description: 'How good the basis of the judgement is; null: not stated.',
  })
  @IsOptional()
  @IsIn(Object.values(Confidence))
  confidence?: Confidence | null;

  @OptionalId('The party whose assessment it is; null: that of whoever records it.')
  assessedBy?: string | null;

  @Ids(`The parties that relay the assessment of assessedBy, outermost first; at most ${RELAYS_MAX}.`)
  @ArrayMaxSize(RELAYS_MAX)
  @IsOfAParty()
  assessedVia: string[] = [];

  @Field(() => TextInput, { nullable: true, description: 'What the assessment rests on.' })
  @IsOptional()
  @ValidateNested()
  assessmentBasis?: TextInput | null;

  @Field(() => [DissentInput], { defaultValue: [], description: 'Who does not share it, and why.' })
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  dissent: DissentInput[] = [];

  @When('When it was so assessed.')
  assessedAt: string = 'NOT_STATED';
}

/** How somebody judges something, as events keep it. */
@ObjectType({ isAbstract: true })
export abstract class AssessmentFacts {
  @Field(() => Likelihood, { nullable: true, description: 'How likely it is (ICD 203); null: not stated.' })
  likelihood?: Likelihood;

  @Field(() => Confidence, {
    nullable: true,
    description: 'How good the basis of the judgement is (ICD 203); null: not stated.',
  })
  confidence?: Confidence;

  @Field(() => ID, { nullable: true, description: 'The party whose assessment it is; null: that of the recorder.' })
  assessedBy?: string;

  @Field(() => [ID], { description: 'The parties that relay the assessment, outermost first.' })
  assessedVia!: string[];

  @Field(() => Text, { nullable: true, description: 'What the assessment rests on.' })
  assessmentBasis?: Text;

  @Field(() => [Dissent], { description: 'Who does not share it, and why.' })
  dissent!: Dissent[];

  @Field(() => FuzzyTime, { description: 'When it was so assessed, as stated.' })
  assessedAt!: string;
}

/** The assessment that a command makes, its parties checked. */
export function assessmentFacts(command: AssessmentCommand, state: Frozen<PartiesState>): AssessmentFacts {
  const { likelihood, confidence, assessedBy, assessedVia, assessmentBasis, dissent, assessedAt } = command;
  requireParties(state, [assessedBy, ...assessedVia, ...dissent.map(({ partyId }) => partyId)]);
  return {
    likelihood: likelihood ?? undefined,
    confidence: confidence ?? undefined,
    assessedBy: assessedBy ?? undefined,
    assessedVia,
    assessmentBasis: assessmentBasis ?? undefined,
    dissent,
    assessedAt,
  };
}

/** Of an assessment all fields, so that what the next one leaves out is no longer stated. */
export const judgementOf = (facts: AssessmentFacts): AssessmentFacts => {
  const { likelihood, confidence, assessedBy, assessedVia, assessmentBasis, dissent, assessedAt } = facts;
  return { likelihood, confidence, assessedBy, assessedVia, assessmentBasis, dissent, assessedAt };
};

/** What the recorder holds reached nobody through others. */
function IsOfAParty(): PropertyDecorator {
  return ValidateBy({
    name: 'isOfAParty',
    validator: {
      validate: (via: unknown, args) =>
        !Array.isArray(via) || via.length === 0 || isGiven((args!.object as AssessmentCommand).assessedBy),
      defaultMessage: () => "assessedVia relays a party's assessment; say in assessedBy whose",
    },
  });
}
