import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { IdentifierCorrected } from './correct-identifier.js';
import { IdentifierRecorded } from './record-identifier.js';

/** How the identifiers of a case's subjects follow from its events. */
export const identifierEvolution = [
  evolve(IdentifierRecorded, (state: CaseState, { identifierId, ...facts }, { revision }) => {
    addRecord(state, state.identifiers, identifierId, { kind: 'identifier', revision, retracted: false, facts });
  }),
  evolve(IdentifierCorrected, (state: CaseState, { identifierId, reason, ...facts }, { revision }) => {
    Object.assign(state.identifiers.get(identifierId)!, { revision, facts });
  }),
];
