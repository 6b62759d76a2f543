import { setTimeout as pause } from 'node:timers/promises';

/** Waits until it is so; a test's own time limit ends the wait. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  // Not in every turn: the threads that are waited for need the processor.
  while (!(await isSo())) await pause(5);
}
