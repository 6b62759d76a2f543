import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { AssessmentCommand, AssessmentFacts, assessmentFacts } from '../assessments/assessment-fields.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';

@CommandInput('Records that the use of an established technique is only suspected again, and how that is assessed now.')
export class DoubtTechnique extends AssessmentCommand {
  @Id('The technique, as it is assessed in this case.')
  techniqueId!: string;

  @Prose('What casts doubt on it.')
  reason!: string;
}

@ObjectType({ description: 'The use of an established technique came to be only suspected again.' })
@StoredEvent<TechniqueDoubted>('TechniqueDoubted', {
  version: 1,
  stix: 'relationship: uses, a later version of it (modified), with another confidence',
  summary: ({ reason }) => `Technique doubted: ${excerpt(reason)}`,
})
export class TechniqueDoubted extends AssessmentFacts {
  @Field(() => ID, { description: 'The technique, as it is assessed in this case.' })
  techniqueId!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const doubtTechnique = slice<CaseState, DoubtTechnique>(DoubtTechnique, (command, state) => {
  requireOpen(state);
  const { techniqueId, reason } = command;
  const technique = standing(state.techniques, techniqueId, 'technique');
  const view = assessmentFacts(command, state);
  if (!technique.established) refuse('NOT_ESTABLISHED', 'The technique is only suspected as it is.');
  return [event(TechniqueDoubted, { techniqueId, ...view, reason })];
});
