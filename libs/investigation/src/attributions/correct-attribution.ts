import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { attributionFacts } from './attribution-facts.js';
import { AttributionCommand, AttributionFacts } from './attribution-fields.js';

@CommandInput(
  'Replaces an attribution, whole, because it was recorded wrongly; one that is assessed otherwise now is revised (reviseAssessment).',
)
export class CorrectAttribution extends AttributionCommand {
  @Id('The attribution.')
  attributionId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'An attribution was replaced, whole.' })
@StoredEvent<AttributionCorrected>('AttributionCorrected', {
  version: 1,
  stix: 'relationship: a later version of it (modified)',
  summary: ({ reason }) => `Attribution corrected: ${excerpt(reason)}`,
})
export class AttributionCorrected extends AttributionFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctAttribution = slice<CaseState, CorrectAttribution>(CorrectAttribution, (command, state) => {
  requireOpen(state);
  const { attributionId, reason } = command;
  const attribution = standing(state.attributions, attributionId, 'attribution');
  const facts = attributionFacts(command, state, attributionId);
  requireChanged(attribution, facts);
  return [event(AttributionCorrected, { attributionId, ...facts, reason })];
});
