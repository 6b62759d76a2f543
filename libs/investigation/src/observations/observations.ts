import { type Capability } from '../capability.js';
import { Observation } from './observation.js';
import { correctObservation } from './correct-observation.js';
import { observationEvolution } from './observation-evolution.js';
import { observationModel } from './observation-read-model.js';
import { observeSuspiciousActivity } from './observe-suspicious-activity.js';
import { withdrawObservation } from './withdraw-observation.js';

export const observations: Capability = {
  slices: [observeSuspiciousActivity, correctObservation, withdrawObservation],
  evolution: observationEvolution,
  readModel: observationModel,
  records: { type: Observation, description: 'What was observed, last changed first.' },
};
