import { type Capability } from '../capability.js';
import { Observation } from './observation.js';
import { correctObservation, ObservationCorrected } from './correct-observation.js';
import { observationEvolution } from './observation-evolution.js';
import { observationModel } from './observation-read-model.js';
import { observeSuspiciousActivity, SuspiciousActivityObserved } from './observe-suspicious-activity.js';
import { withdrawObservation, ObservationWithdrawn } from './withdraw-observation.js';

export const observations: Capability = {
  slices: [observeSuspiciousActivity, correctObservation, withdrawObservation],
  events: [SuspiciousActivityObserved, ObservationCorrected, ObservationWithdrawn],
  evolution: observationEvolution,
  readModel: observationModel,
  records: { type: Observation, description: 'What was observed, last changed first.' },
};
