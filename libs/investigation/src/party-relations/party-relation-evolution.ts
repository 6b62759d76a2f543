import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { PartyRelationCorrected } from './correct-party-relation.js';
import { PartyRelationRecorded } from './record-party-relation.js';

/** How the relations between parties follow from a case's events. */
export const partyRelationEvolution = [
  evolve(PartyRelationRecorded, (state: CaseState, { partyRelationId, ...facts }, { revision }) => {
    const relation = { kind: 'partyRelation', revision, retracted: false, facts };
    addRecord(state, state.partyRelations, partyRelationId, relation);
  }),
  evolve(PartyRelationCorrected, (state: CaseState, { partyRelationId, reason, ...facts }, { revision }) => {
    Object.assign(state.partyRelations.get(partyRelationId)!, { revision, facts });
  }),
];
