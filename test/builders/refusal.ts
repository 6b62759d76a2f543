import { Refusal } from '#event-sourcing/refusal.js';

/** The refusal that this ends in; fails if it ends otherwise. */
export function refusalFrom(act: () => unknown): Refusal {
  try {
    act();
  } catch (error) {
    return asRefusal(error);
  }
  throw new Error('Nothing was refused.');
}

/** The same of what is waited for. */
export async function refusalOf(outcome: Promise<unknown>): Promise<Refusal> {
  try {
    await outcome;
  } catch (error) {
    return asRefusal(error);
  }
  throw new Error('Nothing was refused.');
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}
