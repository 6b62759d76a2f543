import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { type CorrectableState } from '../correctable.js';
import { type told } from './violation-fields.js';
import { type ViolationStatus } from './violation-status.js';

export interface ViolationState extends CorrectableState {
  status: ViolationStatus;
  /** All that it says, with the clauses that its allegation cites. */
  facts: ReturnType<typeof told>;
  /** Actors who sent it to review, or corrected it there, at any time: none of them can confirm it. */
  submittedBy: Set<string>;
  /** Who sent it back to review though it stood confirmed, until it is decided again: they cannot dismiss it. */
  reinstatedBy?: Set<string>;
}

export interface ViolationsState {
  violations: Map<string, ViolationState>;
}

/** How a violation is taken back that cannot be retracted any more. */
const INSTEAD: Partial<Record<ViolationStatus, string>> = {
  UNDER_REVIEW: ': dismiss it (dismissViolation).',
  CONFIRMED: ': reinstate it to review (reinstateViolation), then have a second person dismiss it (dismissViolation).',
  DISMISSED: ' already, which is how it is taken back.',
};

/** Refuses with NOT_RETRACTABLE a violation that is under review or decided: it takes two people to undo what two have found. */
export function requireRetractable({ violations }: Frozen<ViolationsState>, id: string): void {
  const status = violations.get(id)?.status;
  const instead = status && INSTEAD[status];
  if (instead) refuse('NOT_RETRACTABLE', `The violation is ${status}${instead}`);
}

/** Refuses with ALREADY_CONFIRMED or ALREADY_DISMISSED what was decided: what a reviewer found is not changed behind them. */
export function requireUndecided(status: ViolationStatus): void {
  if (status === 'CONFIRMED' || status === 'DISMISSED')
    refuse(`ALREADY_${status}`, `The violation is ${status}; reinstate it to review first (reinstateViolation).`);
}

/** Refuses unless the violation stands where a step starts: `already` if it stands where the step leads, else by `code`. */
export function requireStatus(
  status: ViolationStatus,
  from: readonly ViolationStatus[],
  to: ViolationStatus,
  code: string,
): void {
  if (from.includes(status)) return;
  if (status === to) refuse(`ALREADY_${to}`, `The violation is ${status} already.`);
  refuse(code, `The violation is ${status}; this is possible only from ${from.join(', ')}.`);
}
