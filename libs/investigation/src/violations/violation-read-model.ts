import { type Actor } from '#event-sourcing/envelope.js';
import { change, create, on, readModel } from '#read-models/read-model.js';
import { onRetracted } from '../correctable.js';
import { type ClauseCitation } from '../terms/citation.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { TosViolationAlleged } from './allege-violation.js';
import { TosViolationConfirmed } from './confirm-violation.js';
import { TosViolationCorrected } from './correct-violation.js';
import { TosViolationDismissed } from './dismiss-violation.js';
import { TosViolationReinstated } from './reinstate-violation.js';
import { TosViolationSubmittedForReview } from './submit-violation-for-review.js';
import { TosViolationSuspected } from './suspect-violation.js';
import { allCited, told } from './violation-fields.js';

/** The suspected, alleged, confirmed and dismissed violations of a case. */
export const violationModel = readModel({
  name: 'violations',
  level: 'record',
  handlers: [
    on(TosViolationSuspected, ({ violationId, ...facts }) => [
      create(violationId, { ...told(facts), status: 'SUSPECTED', occurredAt: parseFuzzyTime(facts.occurredAt) }),
    ]),
    // Why it was corrected is told in history: `reason` is why it was last decided or reinstated.
    on(TosViolationCorrected, ({ violationId, reason, condition = null, ...facts }) => [
      change(violationId, { ...told(facts), condition, occurredAt: parseFuzzyTime(facts.occurredAt) }),
    ]),
    on(TosViolationAlleged, ({ violationId, grounds, allegedBy, citations = [] }, _recorded, current) => {
      const before = current(violationId)!.citations as ClauseCitation[];
      return [change(violationId, { status: 'ALLEGED', grounds, allegedBy, citations: allCited(before, citations) })];
    }),
    on(TosViolationSubmittedForReview, ({ violationId, remark }, { actor }) => [
      change(violationId, { status: 'UNDER_REVIEW', remark, submittedBy: by(actor) }),
    ]),
    on(TosViolationConfirmed, ({ violationId, findings, reviewedRevision }, { actor }) => [
      change(violationId, { status: 'CONFIRMED', findings, reviewedRevision, confirmedBy: by(actor) }),
    ]),
    on(TosViolationDismissed, ({ violationId, reason }) => [change(violationId, { status: 'DISMISSED', reason })]),
    // The findings of the earlier review stay in history; what stands under review is not confirmed by anybody.
    on(TosViolationReinstated, ({ violationId, reason }, { actor }) => [
      change(violationId, {
        status: 'UNDER_REVIEW',
        reason,
        submittedBy: by(actor),
        findings: null,
        reviewedRevision: null,
        confirmedBy: null,
      }),
    ]),
    onRetracted('violation'),
  ],
});

const by = ({ id, name, kind }: Actor) => ({ id, name, kind });
