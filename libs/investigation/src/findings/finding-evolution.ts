import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { FindingCorrected } from './correct-finding.js';
import { FindingRecorded } from './record-finding.js';

/** How the findings of a case follow from its events. */
export const findingEvolution = [
  evolve(FindingRecorded, (state: CaseState, { findingId, ...facts }, { revision }) => {
    const finding = { kind: 'finding', revision, retracted: false, facts, answers: facts.answers };
    addRecord(state, state.findings, findingId, finding);
  }),
  evolve(FindingCorrected, (state: CaseState, { findingId, reason, ...facts }, { revision }) => {
    Object.assign(state.findings.get(findingId)!, { revision, facts, answers: facts.answers });
  }),
];
