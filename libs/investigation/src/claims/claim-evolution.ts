import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { ClaimCorrected } from './correct-claim.js';
import { ClaimRecorded } from './record-claim.js';

/** How the claims of a case follow from its events. */
export const claimEvolution = [
  evolve(ClaimRecorded, (state: CaseState, { claimId, ...facts }, { revision }) => {
    addRecord(state, state.claims, claimId, { kind: 'claim', revision, retracted: false, facts });
  }),
  evolve(ClaimCorrected, (state: CaseState, { claimId, reason, ...facts }, { revision }) => {
    Object.assign(state.claims.get(claimId)!, { revision, facts });
  }),
];
