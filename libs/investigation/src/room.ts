import { refuse } from '#event-sourcing/refusal.js';

/** How many parts a record takes that are recorded one by one: with each, all of it is written again. */
export const MOST_PARTS = 100;

/** Refuses with LIMIT_EXCEEDED one part more than a record takes; `instead` is what can be done. */
export function requireRoom(
  count: number,
  parts: string,
  record: string,
  instead = 'add a note about it for what else there is to say',
): void {
  if (count < MOST_PARTS) return;
  const message = `A ${record} takes ${MOST_PARTS} ${parts}; ${instead}.`;
  refuse('LIMIT_EXCEEDED', message, { limit: parts, allowed: MOST_PARTS });
}
