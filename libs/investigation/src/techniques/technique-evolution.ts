import { evolve } from '#event-sourcing/slice.js';
import { type AssessmentFacts, judgementOf } from '../assessments/assessment-fields.js';
import { assessed } from '../assessments/assessment-state.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { TechniqueCorrected } from './correct-technique.js';
import { TechniqueDoubted } from './doubt-technique.js';
import { TechniqueEstablished } from './establish-technique.js';
import { TechniqueSuspected } from './suspect-technique.js';

/** How the techniques of a case follow from its events. */
export const techniqueEvolution = [
  evolve(TechniqueSuspected, (state: CaseState, { techniqueId, ...facts }, { revision }) => {
    addRecord(state, state.techniques, techniqueId, { ...assessed('technique', revision, facts), established: false });
  }),
  evolve(TechniqueCorrected, (state: CaseState, { techniqueId, reason, ...facts }, { revision }) => {
    Object.assign(state.techniques.get(techniqueId)!, { revision, facts });
  }),
  evolve(TechniqueEstablished, (state: CaseState, event, { revision }) => {
    judged(state, event.techniqueId, event, { revision, established: true });
  }),
  evolve(TechniqueDoubted, (state: CaseState, event, { revision }) => {
    judged(state, event.techniqueId, event, { revision, established: false });
  }),
];

function judged(
  { techniques }: CaseState,
  id: string,
  view: AssessmentFacts,
  standing: { revision: number; established: boolean },
): void {
  const technique = techniques.get(id)!;
  Object.assign(technique, standing, { facts: { ...technique.facts, ...judgementOf(view) } });
}
