import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { RecordRetracted } from './record-retracted.js';

/** How records of whatever kind follow from being retracted. */
export const retractionEvolution = [
  evolve(RecordRetracted, ({ records }: CaseState, { recordId }, { revision }) => {
    Object.assign(records.get(recordId)!, { revision, retracted: true });
  }),
];
