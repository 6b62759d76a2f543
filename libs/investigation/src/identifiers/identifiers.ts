import { type Capability } from '../capability.js';
import { correctIdentifier } from './correct-identifier.js';
import { identifierEvolution } from './identifier-evolution.js';
import { identifierModel } from './identifier-read-model.js';
import { Identifier } from './identifier.js';
import { recordIdentifier } from './record-identifier.js';

export const identifiers: Capability = {
  slices: [recordIdentifier, correctIdentifier],
  evolution: identifierEvolution,
  readModel: identifierModel,
  records: { type: Identifier, description: 'By what the subjects are known, last changed first.' },
};
