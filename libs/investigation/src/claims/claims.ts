import { type Capability } from '../capability.js';
import { correctClaim } from './correct-claim.js';
import { recordClaim } from './record-claim.js';
import { claimEvolution } from './claim-evolution.js';
import { claimModel } from './claim-read-model.js';
import { Claim } from './claim.js';

export const claims: Capability = {
  slices: [recordClaim, correctClaim],
  evolution: claimEvolution,
  readModel: claimModel,
  records: { type: Claim, description: 'Claims about products, last changed first.' },
};
