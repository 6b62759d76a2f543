import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { ExhibitCorrected } from './correct-exhibit.js';
import { ExhibitRecorded } from './record-exhibit.js';

/** How the exhibits of a case follow from its events. */
export const exhibitEvolution = [
  evolve(ExhibitRecorded, (state: CaseState, { exhibitId, ...facts }, { revision }) => {
    addRecord(state, state.exhibits, exhibitId, { kind: 'exhibit', revision, retracted: false, facts });
  }),
  evolve(ExhibitCorrected, (state: CaseState, { exhibitId, reason, ...facts }, { revision }) => {
    Object.assign(state.exhibits.get(exhibitId)!, { revision, facts });
  }),
];
