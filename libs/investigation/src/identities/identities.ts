import { type Capability } from '../capability.js';
import { assessIdentity } from './assess-identity.js';
import { correctIdentity } from './correct-identity.js';
import { identityEvolution } from './identity-evolution.js';
import { identityModel } from './identity-read-model.js';
import { Identity } from './identity.js';

export const identities: Capability = {
  slices: [assessIdentity, correctIdentity],
  evolution: identityEvolution,
  readModel: identityModel,
  records: {
    type: Identity,
    description: 'Which parties may be one and the same, and how sure that is, last changed first.',
  },
};
