import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsIn, IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { AssessmentCommand, AssessmentFacts, assessmentFacts } from '../assessments/assessment-fields.js';
import { type CaseState, known, requireParties } from '../cases/case-state.js';
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

/**
 * The facts of a command, its references checked. Refuses with SAME_PARTY what is attributed to the subject itself, with
 * NOT_COMPETING what would compete with itself or with what is held of another subject.
 */
export function attributionFacts(
  command: AttributionCommand,
  state: Frozen<CaseState>,
  attributionId?: string,
): Omit<AttributionFacts, 'attributionId'> {
  const { subjectId, attributionKind, toPartyId, stateResponsibility, description, competesWith } = command;
  requireParties(state, [subjectId, toPartyId]);
  if (subjectId === toPartyId)
    refuse('SAME_PARTY', 'What a party does is not attributed to itself; name another, or use ACTS_FOR_ITSELF.');
  for (const id of competesWith) {
    const other = known(state.attributions, id, 'attribution');
    if (id === attributionId || other.facts.subjectId !== subjectId)
      refuse('NOT_COMPETING', `Attribution ${id} does not compete: only another one of the same subject does.`);
  }
  // Those that were said to compete with it when it was of another subject.
  for (const [id, { retracted, facts }] of state.attributions) {
    if (attributionId && !retracted && facts.subjectId !== subjectId && facts.competesWith.includes(attributionId))
      refuse(
        'NOT_COMPETING',
        `Attribution ${id} competes with this one and is of another subject: correct that first.`,
      );
  }
  return {
    subjectId,
    attributionKind,
    toPartyId: toPartyId ?? undefined,
    stateResponsibility: stateResponsibility ?? undefined,
    description: description ?? undefined,
    competesWith,
    ...assessmentFacts(command, state),
  };
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
