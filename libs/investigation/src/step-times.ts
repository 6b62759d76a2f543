import { refuse } from '#event-sourcing/refusal.js';
import { isSurelyBefore } from './values/fuzzy-time.js';

/** When the steps of a record were taken, as stated, by the name of the field that answers it: `appliedAt`. */
export type StepTimes = Record<string, string>;

/** The times that a correction gives. Refuses with STEP_NOT_TAKEN that of a step that the record has not come to. */
export function correctedTimes<Step extends string>(
  taken: Readonly<StepTimes>,
  given: Readonly<Record<Step, string | null | undefined>>,
): Partial<Record<Step, string>> {
  const corrected: Partial<Record<Step, string>> = {};
  for (const step of Object.keys(given) as Step[]) {
    const time = given[step];
    if (time === null || time === undefined) continue;
    if (taken[step] === undefined)
      refuse('STEP_NOT_TAKEN', `There is no ${step} to correct: nothing of the kind is recorded.`);
    corrected[step] = time;
  }
  return corrected;
}

/** Refuses with ENDS_BEFORE_IT_BEGINS an end that surely lies before the beginning: both are steps, of which one is given another time now. */
export function requireOrder<Step extends string>(
  taken: Readonly<StepTimes>,
  given: Readonly<Partial<Record<Step, string>>>,
  [begins, ends]: readonly [Step, Step],
): void {
  const isNew = (step: Step): boolean => given[step] !== undefined && given[step] !== taken[step];
  if (!isNew(begins) && !isNew(ends)) return;
  const times: Readonly<StepTimes> = { ...taken, ...given };
  if (times[begins] !== undefined && times[ends] !== undefined && isSurelyBefore(times[ends], times[begins]))
    refuse(
      'ENDS_BEFORE_IT_BEGINS',
      `Its ${ends} would lie before its ${begins}; give it a later one, or correct the other.`,
    );
}
