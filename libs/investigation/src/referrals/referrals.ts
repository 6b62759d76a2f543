import { type Capability } from '../capability.js';
import { correctReferral } from './correct-referral.js';
import { referToAuthority } from './refer-to-authority.js';
import { referralEvolution } from './referral-evolution.js';
import { referralModel } from './referral-read-model.js';
import { Referral } from './referral.js';

export const referrals: Capability = {
  slices: [referToAuthority, correctReferral],
  evolution: referralEvolution,
  readModel: referralModel,
  records: { type: Referral, description: 'What was referred to authorities, last changed first.' },
};
