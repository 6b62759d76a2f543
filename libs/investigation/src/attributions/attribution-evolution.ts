import { evolve } from '#event-sourcing/slice.js';
import { assessed } from '../assessments/assessment-state.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { AttributionAssessed } from './assess-attribution.js';
import { AttributionCorrected } from './correct-attribution.js';

/** How attributions follow from a case's events. */
export const attributionEvolution = [
  evolve(AttributionAssessed, (state: CaseState, { attributionId, ...facts }, { revision }) => {
    addRecord(state, state.attributions, attributionId, { ...assessed('attribution', revision, facts), facts });
  }),
  evolve(AttributionCorrected, (state: CaseState, { attributionId, reason, ...facts }, { revision }) => {
    Object.assign(state.attributions.get(attributionId)!, { revision, facts });
  }),
];
