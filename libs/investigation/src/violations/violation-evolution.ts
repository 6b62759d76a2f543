import { principalsOf } from '#event-sourcing/envelope.js';
import { evolve, type EvolveContext } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { TosViolationAlleged } from './allege-violation.js';
import { TosViolationConfirmed } from './confirm-violation.js';
import { TosViolationCorrected } from './correct-violation.js';
import { TosViolationDismissed } from './dismiss-violation.js';
import { TosViolationReinstated } from './reinstate-violation.js';
import { TosViolationSubmittedForReview } from './submit-violation-for-review.js';
import { TosViolationSuspected } from './suspect-violation.js';
import { allCited, told } from './violation-fields.js';
import { type ViolationState } from './violation-state.js';
import { type ViolationStatus } from './violation-status.js';

type Recorder = EvolveContext['actor'];

/** Moves a violation on; `submitter` is remembered for the four-eyes rule. */
function move(state: CaseState, id: string, status: ViolationStatus, revision: number, submitter?: Recorder): void {
  const violation = state.violations.get(id)!;
  // What is decided anew is as if it had not been reinstated.
  delete violation.reinstatedBy;
  violation.status = status;
  violation.revision = revision;
  if (submitter) submitted(violation, submitter);
}

function submitted({ submittedBy }: ViolationState, by: Recorder): void {
  for (const id of principalsOf(by)) submittedBy.add(id);
}

/** How the violations of a case follow from its events. */
export const violationEvolution = [
  evolve(TosViolationSuspected, (state: CaseState, { violationId, ...facts }, { revision }) => {
    const violation: ViolationState = {
      ...{ kind: 'violation', revision, retracted: false },
      ...{ status: 'SUSPECTED', facts: told(facts), submittedBy: new Set() },
    };
    addRecord(state, state.violations, violationId, violation);
  }),
  evolve(TosViolationCorrected, (state: CaseState, { violationId, reason, ...facts }, { revision, actor }) => {
    const violation = state.violations.get(violationId)!;
    Object.assign(violation, { revision, facts: told(facts) });
    if (violation.status === 'UNDER_REVIEW') submitted(violation, actor);
  }),
  evolve(TosViolationAlleged, (state: CaseState, { violationId, citations = [] }, { revision }) => {
    const { facts } = state.violations.get(violationId)!;
    facts.citations = allCited(facts.citations, citations);
    move(state, violationId, 'ALLEGED', revision);
  }),
  evolve(TosViolationSubmittedForReview, (state: CaseState, { violationId }, { revision, actor }) =>
    move(state, violationId, 'UNDER_REVIEW', revision, actor),
  ),
  evolve(TosViolationConfirmed, (state: CaseState, { violationId }, { revision }) =>
    move(state, violationId, 'CONFIRMED', revision),
  ),
  evolve(TosViolationDismissed, (state: CaseState, { violationId }, { revision }) =>
    move(state, violationId, 'DISMISSED', revision),
  ),
  evolve(TosViolationReinstated, (state: CaseState, { violationId }, { revision, actor }) => {
    const { status } = state.violations.get(violationId)!;
    move(state, violationId, 'UNDER_REVIEW', revision, actor);
    if (status === 'CONFIRMED') state.violations.get(violationId)!.reinstatedBy = new Set(principalsOf(actor));
  }),
];
