import { type Capability } from '../capability.js';
import { retractRecord } from './retract-record.js';
import { retractionEvolution } from './retraction-evolution.js';
import { retractionModel } from './retraction-read-model.js';
import { Retraction } from './retraction.js';

export const retractions: Capability = {
  slices: [retractRecord],
  evolution: retractionEvolution,
  readModel: retractionModel,
  records: { type: Retraction, description: 'What was taken back, and why, last taken back first.' },
};
