import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { KnowledgeCorrected } from './correct-knowledge.js';
import { KnowledgeRecorded } from './record-knowledge.js';

/** How what is recorded of the parties' knowledge follows from its events. */
export const knowledgeEvolution = [
  evolve(KnowledgeRecorded, (state: CaseState, { knowledgeId, ...facts }, { revision }) => {
    addRecord(state, state.knowledge, knowledgeId, { kind: 'knowledge', revision, retracted: false, facts });
  }),
  evolve(KnowledgeCorrected, (state: CaseState, { knowledgeId, reason, ...facts }, { revision }) => {
    Object.assign(state.knowledge.get(knowledgeId)!, { revision, facts });
  }),
];
