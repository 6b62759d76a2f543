import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until the answer is not undefined; fails with `what` after so many milliseconds. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  within = 60_000,
): Promise<T> {
  const deadline = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${within} ms in vain: ${what}.`);
    await pause(20);
  }
}
