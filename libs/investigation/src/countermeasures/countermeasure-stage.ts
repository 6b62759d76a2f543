import { refuse } from '#event-sourcing/refusal.js';
import { describedEnum } from '../values/described-enum.js';

export const CountermeasureStage = describedEnum('CountermeasureStage', 'How far a countermeasure has come.', {
  PROPOSED: 'Proposed, not decided.',
  APPROVED: 'Approved, not applied yet.',
  REJECTED: 'Decided against.',
  APPLIED: 'Applied: it is in force.',
  LIFTED: 'Was applied, and is in force no longer.',
});
export type CountermeasureStage = keyof typeof CountermeasureStage;

/** Refuses unless the countermeasure stands where a step starts: `ALREADY_<to>` if it stands where the step leads. */
export function requireStage(
  stage: CountermeasureStage,
  from: readonly CountermeasureStage[],
  to: CountermeasureStage,
): void {
  if (from.includes(stage)) return;
  if (stage === to) refuse(`ALREADY_${to}`, `The countermeasure is ${stage} already.`);
  refuse('WRONG_STAGE', `The countermeasure is ${stage}; this is possible only from ${from.join(', ')}.`);
}
