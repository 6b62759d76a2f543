import { AllegeViolation } from '#investigation/violations/allege-violation.js';
import { ConfirmViolation } from '#investigation/violations/confirm-violation.js';
import { CorrectViolation } from '#investigation/violations/correct-violation.js';
import { DismissViolation } from '#investigation/violations/dismiss-violation.js';
import { ReinstateViolation } from '#investigation/violations/reinstate-violation.js';
import { SubmitViolationForReview } from '#investigation/violations/submit-violation-for-review.js';
import { SuspectViolation } from '#investigation/violations/suspect-violation.js';
import { builder } from './command-builder.js';
import { partner, provider, subject, violation } from './ids.js';
import { citation } from './terms.js';
import { provision, source, text } from './values.js';

const toReview = { violationId: violation };
const breachMore = {
  provisions: [provision()],
  violationKind: 'CIRCUMVENTION' as const,
  citations: [citation()],
  condition: text('If the accounts belong together.'),
  subjects: [subject],
  about: [partner],
  occurredAt: '2024',
};

/** Violations, from suspicion to decision. */
export const violationCommands = {
  suspectViolation: builder(
    SuspectViolation,
    { description: text('Outputs were used to train a rival model.'), source: source(provider) },
    { ...breachMore, violationId: violation },
  ),
  correctViolation: builder(
    CorrectViolation,
    {
      ...{ ...toReview, description: text('Outputs were used to distil a model.'), source: source(provider) },
      reason: 'Too broad.',
    },
    breachMore,
  ),
  allegeViolation: builder(
    AllegeViolation,
    { ...toReview, grounds: 'The logs show it.' },
    { citations: [citation()], allegedBy: provider },
  ),
  submitViolationForReview: builder(SubmitViolationForReview, toReview, { remark: text('Read the logs first.') }),
  confirmViolation: builder(ConfirmViolation, {
    ...toReview,
    findings: 'It took place.',
    reviewedRevision: 0,
  }),
  dismissViolation: builder(DismissViolation, { ...toReview, reason: 'Another explanation holds.' }),
  reinstateViolation: builder(ReinstateViolation, { ...toReview, reason: 'New evidence.' }),
};
