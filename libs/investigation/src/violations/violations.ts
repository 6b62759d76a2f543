import { type Capability } from '../capability.js';
import { Violation } from './violation.js';
import { allegeViolation, TosViolationAlleged } from './allege-violation.js';
import { confirmViolation, TosViolationConfirmed } from './confirm-violation.js';
import { dismissViolation, TosViolationDismissed } from './dismiss-violation.js';
import { reinstateViolation, TosViolationReinstated } from './reinstate-violation.js';
import { submitViolationForReview, TosViolationSubmittedForReview } from './submit-violation-for-review.js';
import { suspectViolation, TosViolationSuspected } from './suspect-violation.js';
import { violationEvolution } from './violation-evolution.js';
import { violationModel } from './violation-read-model.js';

export const violations: Capability = {
  slices: [
    suspectViolation,
    allegeViolation,
    submitViolationForReview,
    confirmViolation,
    dismissViolation,
    reinstateViolation,
  ],
  events: [
    TosViolationSuspected,
    TosViolationAlleged,
    TosViolationSubmittedForReview,
    TosViolationConfirmed,
    TosViolationDismissed,
    TosViolationReinstated,
  ],
  evolution: violationEvolution,
  readModel: violationModel,
  records: {
    type: Violation,
    description: 'Suspected, alleged, confirmed and dismissed breaches of the terms of service, last changed first.',
  },
};
