import { type Capability } from '../capability.js';
import { Violation } from './violation.js';
import { allegeViolation } from './allege-violation.js';
import { confirmViolation } from './confirm-violation.js';
import { correctViolation } from './correct-violation.js';
import { dismissViolation } from './dismiss-violation.js';
import { reinstateViolation } from './reinstate-violation.js';
import { submitViolationForReview } from './submit-violation-for-review.js';
import { suspectViolation } from './suspect-violation.js';
import { violationEvolution } from './violation-evolution.js';
import { violationModel } from './violation-read-model.js';

export const violations: Capability = {
  slices: [
    suspectViolation,
    correctViolation,
    allegeViolation,
    submitViolationForReview,
    confirmViolation,
    dismissViolation,
    reinstateViolation,
  ],
  evolution: violationEvolution,
  readModel: violationModel,
  records: {
    type: Violation,
    description: 'Suspected, alleged, confirmed and dismissed breaches of the terms of service, last changed first.',
  },
};
