import { type Capability } from '../capability.js';
import { correctFinding } from './correct-finding.js';
import { findingEvolution } from './finding-evolution.js';
import { findingModel } from './finding-read-model.js';
import { Finding } from './finding.js';
import { recordFinding } from './record-finding.js';

export const findings: Capability = {
  slices: [recordFinding, correctFinding],
  evolution: findingEvolution,
  readModel: findingModel,
  records: { type: Finding, description: 'What was found, with what it rests on, last changed first.' },
};
