import { handlersByType } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type Aggregate, type CommandFields, evolve } from '#event-sourcing/slice.js';
import { TermsVersionAdded } from './add-terms-version.js';
import { TermsCorrected } from './correct-terms.js';
import { TermsVersionCorrected } from './correct-terms-version.js';
import { TermsRecorded } from './terms-recorded.js';
import { type TermsState } from './terms-state.js';

/** How a document of terms follows from its events. */
export const termsEvolution = [
  evolve(TermsRecorded, (state: TermsState, facts) => {
    state.facts = facts;
  }),
  evolve(TermsCorrected, (state: TermsState, { reason, ...facts }) => {
    state.facts = facts;
  }),
  evolve(TermsVersionAdded, (state: TermsState, facts) => {
    state.versions.set(facts.version!, facts);
  }),
  evolve(TermsVersionCorrected, (state: TermsState, { reason, ...facts }) => {
    state.versions.set(facts.version!, facts);
  }),
];

/** Each document of terms is a stream of its own, `terms-<uuid>`: it belongs to no case, and many may cite it. */
export const termsAggregate: Aggregate<TermsState> = {
  category: 'terms',
  initial: () => ({ facts: undefined, versions: new Map() }),
  evolutions: handlersByType(termsEvolution),
  subjectOf: (command) => (command as CommandFields & { termsId?: string | null }).termsId ?? undefined,
  missing: (termsId) => refuse('NOT_FOUND', `There are no terms ${termsId}.`),
};
