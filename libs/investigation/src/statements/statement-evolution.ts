import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { StatementCorrected } from './correct-statement.js';
import { StatementRecorded } from './record-statement.js';

/** How the statements of a case follow from its events. */
export const statementEvolution = [
  evolve(StatementRecorded, (state: CaseState, { statementId, ...facts }, { revision }) => {
    addRecord(state, state.statements, statementId, { kind: 'statement', revision, retracted: false, facts });
  }),
  evolve(StatementCorrected, (state: CaseState, { statementId, reason, ...facts }, { revision }) => {
    Object.assign(state.statements.get(statementId)!, { revision, facts });
  }),
];
