import { type ExecutionResult } from 'graphql';
import { apiError } from '../errors.js';
import { type Place } from './principal-load.js';

/** How long a query may take from its admission to its answer, in milliseconds, without what it waits for events. */
export const TIME_LIMIT = 10_000;

/** What an operation is held to while it runs, as its context needs to know it. */
export interface RunLimits {
  /** Milliseconds in which it may read. */
  timeMs: number;
  /** Waits for an event, which counts for nothing. */
  wait?: <T>(event: () => Promise<T>) => Promise<T>;
}

type Result = Promise<ExecutionResult> | ExecutionResult;

/**
 * One query under way: its place among its principal's, and its time. The time stands still while any of its fields waits for
 * events, and while all of them do others have its place: whoever waits with work beside it keeps it.
 */
export class QueryRun implements RunLimits {
  private waiting = 0;
  private left: number;
  private since = 0;
  private timer: NodeJS.Timeout | undefined;
  private giveUp: (() => void) | undefined;
  private taken: Promise<void> | undefined;

  /** `fields`: how many root fields it has that can wait. */
  constructor(
    private readonly place: Place | undefined,
    private readonly fields: number,
    readonly timeMs = TIME_LIMIT,
  ) {
    this.left = timeMs;
  }

  /** The result, or `LIMIT_EXCEEDED` at the time limit. */
  answer(query: () => Result): Result {
    const result = this.place ? this.place.run(query) : query();
    if (!(result instanceof Promise)) return result;
    const tooLong = new Promise<ExecutionResult>((resolve) => {
      this.giveUp = () => {
        const message = `An answer may take ${this.timeMs / 1000} s; ask for less, or page.`;
        resolve({ errors: [apiError('LIMIT_EXCEEDED', message, { limit: 'time', allowed: this.timeMs })] });
      };
    });
    this.go();
    return Promise.race([result, tooLong]).finally(() => {
      this.stop();
      this.giveUp = undefined;
    });
  }

  readonly wait = async <T>(event: () => Promise<T>): Promise<T> => {
    if (this.waiting++ === 0) this.stop();
    if (this.waiting === this.fields) this.place?.giveUp();
    try {
      return await event();
    } finally {
      if (this.waiting-- === this.fields) this.taken = this.place?.takeAgain();
      this.go();
      await this.taken;
    }
  };

  private go(): void {
    if (this.waiting > 0 || !this.giveUp || this.timer) return;
    this.since = performance.now();
    this.timer = setTimeout(this.giveUp, this.left);
  }

  private stop(): void {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.left = Math.max(0, this.left - (performance.now() - this.since));
  }
}
