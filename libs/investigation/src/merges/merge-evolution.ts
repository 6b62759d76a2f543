import { evolve } from '#event-sourcing/slice.js';
import { CaseMergedInto } from './merge-case.js';
import { type MergeState } from './merge-state.js';
import { CaseUnmerged } from './unmerge-case.js';

/** Whether a case is merged into another, from its events. */
export const mergeEvolution = [
  evolve(CaseMergedInto, ({ merge }: MergeState, { intoCaseId, claim }) => {
    Object.assign(merge, { into: intoCaseId, named: [...new Set([...merge.named, intoCaseId])], claim });
  }),
  evolve(CaseUnmerged, ({ merge }: MergeState) => {
    merge.into = undefined;
  }),
];
