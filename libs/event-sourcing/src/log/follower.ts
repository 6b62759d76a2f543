import { type CaughtUp, type FollowOptions, type StoredEvent } from './event-log.js';

export type Step = IteratorResult<StoredEvent[] | CaughtUp, undefined>;

/** What `next` answers once a follower has ended. */
export const DONE: Step = { done: true, value: undefined };

/**
 * One follower of a log: an engine says how it begins and goes on. Written by hand because an `async function*` that waits
 * for the next event ignores `return()`. It holds nothing before its first `next()` and after its end; in between it stands
 * among those opened.
 */
export abstract class LogFollower implements AsyncIterableIterator<StoredEvent[] | CaughtUp> {
  private state: 'new' | 'open' | 'ended' = 'new';
  private resume?: () => void;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly signal: FollowOptions['signal'],
    private readonly opened: Set<LogFollower>,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Calls made before the one before has settled are answered one after another. */
  next(): Promise<Step> {
    const step = this.turn.then(() => this.step());
    this.turn = step.catch(() => undefined);
    return step;
  }

  return(): Promise<Step> {
    this.end();
    return Promise.resolve(DONE);
  }

  /** Something was stored, or the follower has ended. */
  wake(): void {
    this.resume?.();
  }

  readonly end = (): void => {
    if (this.state === 'open') {
      this.signal?.removeEventListener('abort', this.end);
      this.opened.delete(this);
    }
    this.state = 'ended';
    this.onEnd();
    this.wake();
  };

  /** Before the first step: throws if it cannot begin there. */
  protected abstract open(): void | Promise<void>;

  /** The next step; `DONE` once it has ended. */
  protected abstract advance(): Promise<Step>;

  /** It has ended: whatever the engine still does for it can stop. */
  protected onEnd(): void {}

  protected hasEnded(): boolean {
    return this.state === 'ended';
  }

  /** Resolves at the next `wake()`. What is stored after this was called wakes it. */
  protected async wait(): Promise<void> {
    await new Promise<void>((resolve) => (this.resume = resolve));
    this.resume = undefined;
  }

  private async step(): Promise<Step> {
    try {
      if (this.state === 'new') await this.begin();
      return await this.advance();
    } catch (error) {
      this.end();
      throw error;
    }
  }

  private async begin(): Promise<void> {
    if (this.signal?.aborted) return this.end();
    this.state = 'open';
    this.opened.add(this);
    this.signal?.addEventListener('abort', this.end);
    await this.open();
  }
}
