import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsIn, IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import { AssessmentCommand, AssessmentFacts } from '../assessments/assessment-fields.js';
import { Id, Ids, isGiven, OptionalId } from '../fields.js';
import { Text, TextInput } from '../values/text.js';
import { AttributionKind, StateResponsibility } from './attribution-kind.js';

/** What is held of a subject, as commands take it. */
@InputType({ isAbstract: true })
export abstract class AttributionCommand extends AssessmentCommand {
  @Id('The party whose doings are attributed.')
  subjectId!: string;

  @Field(() => AttributionKind, {
    description: 'What is held of it. ACTS_FOR and LINKED_TO name a party, ACTS_FOR_ITSELF none; OTHER is described.',
  })
  @IsIn(Object.values(AttributionKind))
  @IsComplete()
  attributionKind!: AttributionKind;

  @OptionalId('The party that it would act for or be linked to.')
  toPartyId?: string | null;

  @Field(() => StateResponsibility, {
    nullable: true,
    description: 'How far that party, if it is a state, would answer for it; null: not assessed.',
  })
  @IsOptional()
  @IsIn(Object.values(StateResponsibility))
  stateResponsibility?: StateResponsibility | null;

  @Field(() => TextInput, { nullable: true, description: 'The hypothesis in words.' })
  @IsOptional()
  @ValidateNested()
  description?: TextInput | null;

  @Ids('Attributions of the same subject that cannot be true beside this one: its competing hypotheses.')
  competesWith: string[] = [];
}

/** What is held of a subject, as events keep it. */
@ObjectType({ isAbstract: true })
export abstract class AttributionFacts extends AssessmentFacts {
  @Field(() => ID, { description: 'The attribution.' })
  attributionId!: string;

  @Field(() => ID, { description: 'The party whose doings are attributed.' })
  subjectId!: string;

  @Field(() => AttributionKind, { description: 'What is held of it.' })
  attributionKind!: AttributionKind;

  @Field(() => ID, { nullable: true, description: 'The party that it would act for or be linked to.' })
  toPartyId?: string;

  @Field(() => StateResponsibility, {
    nullable: true,
    description: 'How far that party, a state, would answer for it.',
  })
  stateResponsibility?: StateResponsibility;

  @Field(() => Text, { nullable: true, description: 'The hypothesis in words.' })
  description?: Text;

  @Field(() => [ID], { description: 'Attributions of the same subject that cannot be true beside this one.' })
  competesWith!: string[];
}

/** Each kind says of whom, or what. */
function IsComplete(): PropertyDecorator {
  const problem = ({ attributionKind: kind, toPartyId, description }: AttributionCommand): string | null => {
    if ((kind === 'ACTS_FOR' || kind === 'LINKED_TO') && !isGiven(toPartyId)) return `${kind} needs toPartyId`;
    if (kind === 'ACTS_FOR_ITSELF' && isGiven(toPartyId)) return 'ACTS_FOR_ITSELF names no toPartyId';
    return kind === 'OTHER' && !isGiven(description) ? 'OTHER needs a description' : null;
  };
  return ValidateBy({
    name: 'isComplete',
    validator: {
      validate: (_, args) => problem(args!.object as AttributionCommand) === null,
      defaultMessage: (args) => problem(args!.object as AttributionCommand)!,
    },
  });
}
