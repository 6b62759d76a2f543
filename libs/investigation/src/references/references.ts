import { type Capability } from '../capability.js';
import { addExternalReference } from './add-external-reference.js';
import { ExternalReference } from './external-reference.js';
import { referenceEvolution } from './reference-evolution.js';
import { referenceModel } from './reference-read-model.js';

export const references: Capability = {
  slices: [addExternalReference],
  evolution: referenceEvolution,
  readModel: referenceModel,
  records: {
    type: ExternalReference,
    kind: 'reference',
    description: 'What the case is called in other systems, last changed first.',
  },
};
