import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { type TermsRecorded } from './terms-recorded.js';
import { type TermsVersionFacts } from './version-fields.js';

/** A document of terms folded from its stream. */
export interface TermsState {
  /** What it is; undefined before it is recorded. */
  facts: TermsRecorded | undefined;
  /** Its versions by their names, in the order of recording. */
  versions: Map<string, TermsVersionFacts>;
}

/** The version of that name, or a refusal with NOT_FOUND that names those there are. */
export function knownVersion(state: Frozen<TermsState>, version: string): Frozen<TermsVersionFacts> {
  const known = state.versions.get(version);
  if (known) return known;
  const names = [...state.versions.keys()].join(', ');
  return refuse(
    'NOT_FOUND',
    `The terms have no version ${version}; ${names ? `they have ${names}` : 'they have none'}.`,
  );
}
