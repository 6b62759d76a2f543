import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { AssessmentCommand, AssessmentFacts, assessmentFacts } from '../assessments/assessment-fields.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { standing } from '../correctable.js';
import { Id, OptionalProse } from '../fields.js';

@CommandInput(
  'Records that the use of a suspected technique is established, and how that is assessed: all of the view.',
)
export class EstablishTechnique extends AssessmentCommand {
  @Id('The technique, as it is assessed in this case.')
  techniqueId!: string;

  @OptionalProse('What established it.')
  reason?: string | null;
}

@ObjectType({ description: 'The use of a technique was established.' })
@StoredEvent<TechniqueEstablished>('TechniqueEstablished', {
  version: 1,
  stix: 'relationship: uses, a later version of it (modified), with another confidence',
  summary: ({ reason }) => `Technique established${reason ? `: ${excerpt(reason)}` : ''}`,
})
export class TechniqueEstablished extends AssessmentFacts {
  @Field(() => ID, { description: 'The technique, as it is assessed in this case.' })
  techniqueId!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const establishTechnique = slice<CaseState, EstablishTechnique>(EstablishTechnique, (command, state) => {
  requireOpen(state);
  const { techniqueId } = command;
  const technique = standing(state.techniques, techniqueId, 'technique');
  const view = assessmentFacts(command, state);
  if (technique.established) refuse('ALREADY_ESTABLISHED', 'The technique is established already.');
  const reason = command.reason ?? undefined;
  return [event(TechniqueEstablished, { techniqueId, ...view, reason })];
});
