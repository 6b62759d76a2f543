import { setTimeout as delay } from 'node:timers/promises';

/** Waits between tries, in milliseconds: doubled each time, and somewhere in the upper half, so that many do not come at once. */
export class Backoff {
  private next: number;

  constructor(
    private readonly first: number,
    private readonly longest: number,
  ) {
    this.next = first;
  }

  /** Resolves after the wait; at once when the signal aborts. */
  async wait(signal?: AbortSignal): Promise<void> {
    const wait = this.next * (0.5 + Math.random() / 2);
    this.next = Math.min(this.longest, this.next * 2);
    await delay(wait, undefined, { signal, ref: false }).catch(() => undefined);
  }

  reset(): void {
    this.next = this.first;
  }
}
