import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen, slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { exhibitFacts } from './exhibit-facts.js';
import { ExhibitCommand, ExhibitFacts } from './exhibit-fields.js';
import { type ExhibitState } from './exhibit-state.js';

@CommandInput('Replaces what is recorded of an exhibit, whole; the earlier text stays in history.')
export class CorrectExhibit extends ExhibitCommand {
  @Id('The exhibit.')
  exhibitId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of an exhibit was replaced, whole.' })
@StoredEvent<ExhibitCorrected>('ExhibitCorrected', {
  version: 1,
  stix: 'artifact: another one, as observables have no versions',
  summary: ({ reason }) => `Exhibit corrected: ${excerpt(reason)}`,
})
export class ExhibitCorrected extends ExhibitFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctExhibit = slice<CaseState, CorrectExhibit>(CorrectExhibit, (command, state) => {
  requireOpen(state);
  const { exhibitId, reason } = command;
  const exhibit = standing(state.exhibits, exhibitId, 'exhibit');
  const facts = exhibitFacts(command, state);
  requireNoCircle(state.exhibits, exhibitId, facts.derivedFrom);
  requireChanged(exhibit, facts);
  return [event(ExhibitCorrected, { exhibitId, ...facts, reason })];
});

/** Nothing is made from what was made from it. */
function requireNoCircle(
  exhibits: ReadonlyMap<string, Frozen<ExhibitState>>,
  exhibitId: string,
  derivedFrom: readonly string[],
): void {
  const origins = new Set(derivedFrom);
  // A set goes on to what is added while it is walked.
  for (const id of origins) for (const origin of exhibits.get(id)?.facts.derivedFrom ?? []) origins.add(origin);
  if (origins.has(exhibitId))
    refuse('DERIVED_FROM_ITSELF', 'An exhibit cannot be made from itself, nor from what was made from it.');
}
