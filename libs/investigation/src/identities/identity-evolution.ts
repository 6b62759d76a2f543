import { evolve } from '#event-sourcing/slice.js';
import { assessed } from '../assessments/assessment-state.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { IdentityAssessed } from './assess-identity.js';
import { IdentityCorrected } from './correct-identity.js';

/** How assessments of identity follow from a case's events. */
export const identityEvolution = [
  evolve(IdentityAssessed, (state: CaseState, { identityId, ...facts }, { revision }) => {
    addRecord(state, state.identities, identityId, assessed('identity', revision, facts));
  }),
  evolve(IdentityCorrected, (state: CaseState, { identityId, reason, ...facts }, { revision }) => {
    Object.assign(state.identities.get(identityId)!, { revision, facts });
  }),
];
