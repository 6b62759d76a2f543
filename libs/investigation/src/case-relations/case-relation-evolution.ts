import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { CasesRelated } from './relate-cases.js';

/** How the relations that a case says it has follow from its events. */
export const caseRelationEvolution = [
  evolve(CasesRelated, (state: CaseState, { caseRelationId, otherCaseId, caseRelationKind }, { revision }) => {
    const relation = { kind: 'caseRelation', revision, retracted: false, otherCaseId, caseRelationKind };
    addRecord(state, state.caseRelations, caseRelationId, relation);
  }),
];
