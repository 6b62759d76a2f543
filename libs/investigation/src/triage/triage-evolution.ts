import { evolve } from '#event-sourcing/slice.js';
import { foldText } from '../columns.js';
import { CaseRated } from './rate-case.js';
import { CaseTagged } from './tag-case.js';
import { type TriageState } from './triage-state.js';
import { CaseUntagged } from './untag-case.js';

/** Puts tags on the case. */
export function tagged({ tags }: TriageState, added: readonly string[]): void {
  for (const tag of added) tags.set(foldText(tag), tag);
}

/** How ratings and tags follow from the events of a case; the first ones from its opening (`case-evolution.ts`). */
export const triageEvolution = [
  evolve(CaseRated, (state: TriageState, { severity, priority }) => {
    state.severity = severity ?? state.severity;
    state.priority = priority ?? state.priority;
  }),
  evolve(CaseTagged, (state: TriageState, { tags = [] }) => tagged(state, tags)),
  evolve(CaseUntagged, (state: TriageState, { tags = [] }) => {
    for (const tag of tags) state.tags.delete(foldText(tag));
  }),
];
