import { refuse } from '#event-sourcing/refusal.js';

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
