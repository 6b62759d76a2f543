import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { judgementOf } from './assessment-fields.js';
import { type AssessedState } from './assessment-state.js';
import { AssessmentRevised } from './revise-assessment.js';
import { EvidenceWeighed } from './weigh-evidence.js';

/** How what is assessed, of whatever kind, follows from later events. */
export const assessmentEvolution = [
  evolve(AssessmentRevised, (state: CaseState, event, { revision }) => {
    const record = state.records.get(event.recordId) as AssessedState;
    Object.assign(record, { revision, facts: { ...record.facts, ...judgementOf(event) } });
  }),
  evolve(EvidenceWeighed, (state: CaseState, { recordId, evidenceId, bearing, remark }, { revision }) => {
    const record = state.records.get(recordId) as AssessedState;
    record.revision = revision;
    record.evidence.set(evidenceId, { bearing, remark });
  }),
];
