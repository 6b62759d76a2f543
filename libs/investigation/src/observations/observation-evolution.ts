import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { ObservationCorrected } from './correct-observation.js';
import { SuspiciousActivityObserved } from './observe-suspicious-activity.js';
import { ObservationWithdrawn } from './withdraw-observation.js';

/** How the observations of a case follow from its events. */
export const observationEvolution = [
  evolve(SuspiciousActivityObserved, (state: CaseState, { observationId, ...facts }, { revision }) => {
    addRecord(state, state.observations, observationId, { kind: 'observation', revision, retracted: false, facts });
  }),
  evolve(ObservationCorrected, (state: CaseState, { observationId, reason, ...facts }, { revision }) => {
    Object.assign(state.observations.get(observationId)!, { revision, facts });
  }),
  evolve(ObservationWithdrawn, (state: CaseState, { observationId }, { revision }) => {
    Object.assign(state.observations.get(observationId)!, { revision, retracted: true });
  }),
];
