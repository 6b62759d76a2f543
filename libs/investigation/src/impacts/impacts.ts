import { type Capability } from '../capability.js';
import { correctImpact } from './correct-impact.js';
import { recordImpact } from './record-impact.js';
import { impactEvolution } from './impact-evolution.js';
import { impactModel } from './impact-read-model.js';
import { Impact } from './impact.js';

export const impacts: Capability = {
  slices: [recordImpact, correctImpact],
  evolution: impactEvolution,
  readModel: impactModel,
  records: { type: Impact, description: 'Harms and losses, last changed first.' },
};
