import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { ImpactCorrected } from './correct-impact.js';
import { ImpactRecorded } from './record-impact.js';

/** How the impacts of a case follow from its events. */
export const impactEvolution = [
  evolve(ImpactRecorded, (state: CaseState, { impactId, ...facts }, { revision }) => {
    addRecord(state, state.impacts, impactId, { kind: 'impact', revision, retracted: false, facts });
  }),
  evolve(ImpactCorrected, (state: CaseState, { impactId, reason, ...facts }, { revision }) => {
    Object.assign(state.impacts.get(impactId)!, { revision, facts });
  }),
];
