import { type Actor } from '#event-sourcing/envelope.js';
import { change, create, on, readModel } from '#read-models/read-model.js';
import { onRetracted } from '../correctable.js';
import { contentOf } from '../same-content.js';
import { type ClauseCitation } from '../terms/citation.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { TosViolationAlleged } from './allege-violation.js';
import { TosViolationConfirmed } from './confirm-violation.js';
import { TosViolationDismissed } from './dismiss-violation.js';
import { TosViolationReinstated } from './reinstate-violation.js';
import { TosViolationSubmittedForReview } from './submit-violation-for-review.js';
import { TosViolationSuspected } from './suspect-violation.js';

/** The suspected, alleged, confirmed and dismissed violations of a case. */
export const violationModel = readModel({
  name: 'violations',
  level: 'record',
  handlers: [
    on(TosViolationSuspected, ({ violationId, occurredAt, violationKind, citations, ...fields }) => [
      create(violationId, {
        ...{ ...fields, violationKind: violationKind ?? 'BREACH_OF_TERMS', citations: citations ?? [] },
        ...{ status: 'SUSPECTED', occurredAt: parseFuzzyTime(occurredAt) },
      }),
    ]),
    on(TosViolationAlleged, ({ violationId, grounds, allegedBy, citations = [] }, _recorded, current) => {
      const before = current(violationId)!.citations as ClauseCitation[];
      return [change(violationId, { status: 'ALLEGED', grounds, allegedBy, citations: union(before, citations) })];
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

/** Both, what both cite once. */
function union(before: readonly ClauseCitation[], more: readonly ClauseCitation[]): ClauseCitation[] {
  const known = new Set(before.map((one) => contentOf(one)));
  return [...before, ...more.filter((one) => !known.has(contentOf(one)))];
}
