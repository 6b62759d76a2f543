import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { ImpactCommand, ImpactFacts, impactFacts } from './impact-fields.js';

@CommandInput('Replaces what is recorded of an impact, whole; the earlier text stays in history.')
export class CorrectImpact extends ImpactCommand {
  @Id('The impact.')
  impactId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of an impact was replaced, whole.' })
@StoredEvent<ImpactCorrected>('ImpactCorrected', {
  version: 1,
  stix: 'impact: modified',
  summary: ({ reason }) => `Impact corrected: ${excerpt(reason)}`,
})
export class ImpactCorrected extends ImpactFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctImpact = slice<CaseState, CorrectImpact>(CorrectImpact, (command, state) => {
  requireOpen(state);
  const { impactId, reason } = command;
  const impact = standing(state.impacts, impactId, 'impact');
  const facts = impactFacts(command, state);
  if (facts.causation?.causes.includes(impactId)) refuse('CAUSED_BY_ITSELF', 'An impact cannot be its own cause.');
  requireChanged(impact, facts);
  return [event(ImpactCorrected, { impactId, ...facts, reason })];
});
