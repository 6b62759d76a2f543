import { type Revision } from '#event-sourcing/log/event-log.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { type RecordState } from '../record-state.js';

export interface ReferenceState extends RecordState {
  /** See `externalKey`. */
  key: string;
  /** The claim that it was recorded on. */
  claim: Revision;
}

export interface ReferencesState {
  references: Map<string, ReferenceState>;
}

/** Whether a reference of this key stands in a case. */
export const stands = ({ references }: Frozen<ReferencesState>, key: string): boolean =>
  [...references.values()].some((one) => one.key === key && !one.retracted);

/** Whether anything came of a claim, or of a later one: whatever the case does now, that claim is over. */
export const cameOf = ({ references }: Frozen<ReferencesState>, key: string, claim: Revision): boolean =>
  [...references.values()].some((one) => one.key === key && one.claim >= claim);
