import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { ReferralCorrected } from './correct-referral.js';
import { ReferredToAuthority } from './refer-to-authority.js';

/** How the referrals of a case follow from its events. */
export const referralEvolution = [
  evolve(ReferredToAuthority, (state: CaseState, { referralId, ...facts }, { revision }) => {
    addRecord(state, state.referrals, referralId, { kind: 'referral', revision, retracted: false, facts });
  }),
  evolve(ReferralCorrected, (state: CaseState, { referralId, reason, ...facts }, { revision }) => {
    Object.assign(state.referrals.get(referralId)!, { revision, facts });
  }),
];
