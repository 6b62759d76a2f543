import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { catalogueNeed, TechniqueCommand, TechniqueFacts, techniqueFacts } from './technique-fields.js';

@CommandInput(
  'Replaces what is recorded of a technique, whole, because it was recorded wrongly; whether it is suspected or established stays. What is assessed otherwise now is revised (reviseAssessment).',
)
export class CorrectTechnique extends TechniqueCommand {
  @Id('The technique, as it is assessed in this case.')
  techniqueId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of a technique was replaced, whole.' })
@StoredEvent<TechniqueCorrected>('TechniqueCorrected', {
  version: 1,
  stix: 'attack-pattern: another one, or a later version of the relationship (uses)',
  summary: ({ reason }) => `Technique corrected: ${excerpt(reason)}`,
})
export class TechniqueCorrected extends TechniqueFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctTechnique = slice<CaseState, CorrectTechnique>(
  CorrectTechnique,
  (command, state, context) => {
    requireOpen(state);
    const { techniqueId, reason } = command;
    const technique = standing(state.techniques, techniqueId, 'technique');
    const before = technique.facts as Partial<TechniqueFacts>;
    const facts = techniqueFacts(command, state, context.needed, before);
    // How much was loaded when it was recorded is nothing that anybody corrects.
    requireChanged(technique, { ...facts, catalogueRevision: before.catalogueRevision });
    return [event(TechniqueCorrected, { techniqueId, ...facts, reason })];
  },
  { needs: catalogueNeed },
);
