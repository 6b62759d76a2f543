import { setTimeout as delay } from 'node:timers/promises';
import { type CommandResult } from '#event-sourcing/command-attempt.js';
import { LogUnavailable } from '#event-sourcing/log/errors.js';
import { Refusal } from '#event-sourcing/refusal.js';
import { type ReadModels } from '#read-models/read-models.js';
import { type ReadModelsState } from '#read-models/read-models-state.js';
import { type ReadSession } from '#read-models/read-session.js';
import { type RequestObserver } from './request-observer.js';

export interface Showing {
  readModels: Pick<ReadModels, 'waitFor' | 'status'>;
  /** How long is waited in all, in milliseconds. */
  readWaitMs: number;
  observer?: Pick<RequestObserver, 'waited'>;
}

/**
 * Waits until the read models show what a command has recorded, and no longer than an answer waits. Where only the log's
 * order tells the places of its events, they are told once that is so; they stay null if it is not.
 */
export async function whenShown(
  result: CommandResult,
  session: Pick<ReadSession, 'head' | 'at'>,
  { readModels, readWaitMs, observer }: Showing,
): Promise<{ state: ReadModelsState; placed: CommandResult }> {
  const until = performance.now() + readWaitMs;
  const waitFor = async (sequence: number): Promise<ReadModelsState> => {
    const state = await readModels.waitFor(sequence, Math.max(0, until - performance.now()));
    observer?.waited(state);
    return state;
  };
  if (result.sequence !== null) return { state: await waitFor(result.sequence), placed: result };
  const late = { state: readModels.status().failure ? 'FAILED' : 'BEHIND', placed: result } as const;
  try {
    const head = await within(readWaitMs, session.head());
    if (head === null) return late;
    const state = await waitFor(head);
    if (state !== 'CURRENT') return { state, placed: result };
    const { sequence: last } = await session.at({ eventId: result.events[result.events.length - 1].id });
    // The events of one append follow each other in the log.
    const events = result.events.map((event, n) => ({ ...event, sequence: last - (result.events.length - 1 - n) }));
    return { state, placed: { ...result, events, sequence: last } };
  } catch (error) {
    // It is durable, whatever cannot be read now.
    if (error instanceof LogUnavailable) return late;
    if (error instanceof Refusal) return { state: 'CURRENT', placed: result };
    throw error;
  }
}

/** Null where it takes longer. */
async function within<T>(mostMs: number, promise: Promise<T>): Promise<T | null> {
  const done = new AbortController();
  try {
    return await Promise.race([promise, delay(mostMs, null, { signal: done.signal })]);
  } finally {
    done.abort();
  }
}
