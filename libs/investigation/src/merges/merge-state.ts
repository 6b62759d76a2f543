import { type Revision } from '#event-sourcing/log/event-log.js';

export interface MergeState {
  merge: {
    /** The case that it is merged into; nothing where it stands by itself. */
    into: string | undefined;
    /** Every case that it was ever merged into: its history names them for good. */
    named: readonly string[];
    /** The last claim that it was merged on; -1 if it never was. */
    claim: Revision;
  };
}

/** Before it was ever merged. */
export const neverMerged = (): MergeState => ({ merge: { into: undefined, named: [], claim: -1 } });
