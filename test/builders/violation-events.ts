import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { TosViolationAlleged } from '#investigation/violations/allege-violation.js';
import { TosViolationConfirmed } from '#investigation/violations/confirm-violation.js';
import { TosViolationDismissed } from '#investigation/violations/dismiss-violation.js';
import { TosViolationReinstated } from '#investigation/violations/reinstate-violation.js';
import { TosViolationSubmittedForReview } from '#investigation/violations/submit-violation-for-review.js';
import { TosViolationSuspected } from '#investigation/violations/suspect-violation.js';
import { provider, violation } from './ids.js';
import { source, text } from './values.js';
import { openCase } from './case-events.js';

export const violationSuspected = (over: Partial<TosViolationSuspected> = {}): DecidedEvent =>
  event(TosViolationSuspected, {
    violationId: violation,
    description: text('Outputs were used to train a rival model.'),
    source: source(provider),
    provisions: [],
    subjects: [],
    about: [],
    occurredAt: 'NOT_STATED',
    ...over,
  });

export const violationAlleged = (): DecidedEvent =>
  event(TosViolationAlleged, { violationId: violation, grounds: 'The logs show it.' });

export const violationSubmitted = (): DecidedEvent => event(TosViolationSubmittedForReview, { violationId: violation });

export const violationConfirmed = (reviewedRevision = 0): DecidedEvent =>
  event(TosViolationConfirmed, { violationId: violation, findings: 'It took place.', reviewedRevision });

export const violationDismissed = (): DecidedEvent =>
  event(TosViolationDismissed, { violationId: violation, reason: 'Another explanation holds.' });

export const violationReinstated = (): DecidedEvent =>
  event(TosViolationReinstated, { violationId: violation, reason: 'New evidence.' });

/** The way of a violation through an open case: revisions 4, 5, 6, 7. */
export const suspected: readonly DecidedEvent[] = [...openCase, violationSuspected()];

export const alleged: readonly DecidedEvent[] = [...suspected, violationAlleged()];

export const underReview: readonly DecidedEvent[] = [...alleged, violationSubmitted()];

export const confirmed: readonly DecidedEvent[] = [...underReview, violationConfirmed(6)];

export const dismissed: readonly DecidedEvent[] = [...underReview, violationDismissed()];
