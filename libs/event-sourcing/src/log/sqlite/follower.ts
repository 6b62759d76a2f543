import { setImmediate as nextTurn } from 'node:timers/promises';
import { CheckpointAhead } from '../errors.js';
import { type CaughtUp, type FollowOptions, type StoredEvent } from '../event-log.js';
import { checkpointAt } from './checkpoint.js';
import { type Followers } from './followers.js';
import { type LogPages } from './pages.js';

type Step = IteratorResult<StoredEvent[] | CaughtUp, undefined>;

const DONE: Step = { done: true, value: undefined };

/**
 * One follower of the log. Written by hand because an `async function*` that waits for the next event ignores `return()`.
 * It holds nothing before its first `next()` and after its end; in between it stands among `followers`.
 */
export class Follower implements AsyncIterableIterator<StoredEvent[] | CaughtUp> {
  private sequence: number;
  /** The head that was last answered as caught up. */
  private told = -1;
  private state: 'new' | 'open' | 'ended' = 'new';
  private resume?: () => void;
  private turn: Promise<unknown> = Promise.resolve();
  private looked = false;

  constructor(
    private readonly pages: LogPages,
    private readonly options: FollowOptions,
    private readonly followers: Followers,
  ) {
    this.sequence = options.after.sequence;
  }

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
      this.options.signal?.removeEventListener('abort', this.end);
      this.followers.opened.delete(this);
    }
    this.state = 'ended';
    this.wake();
  };

  private async step(): Promise<Step> {
    try {
      if (this.state === 'new') this.open();
      return await this.advance();
    } catch (error) {
      this.end();
      throw error;
    }
  }

  private open(): void {
    const head = this.pages.head();
    if (this.sequence > head) throw new CheckpointAhead(this.options.after, checkpointAt(head));
    this.state = 'open';
    this.followers.opened.add(this);
    this.options.signal?.addEventListener('abort', this.end);
    if (this.options.signal?.aborted) this.end();
  }

  private async advance(): Promise<Step> {
    while (this.state !== 'ended') {
      const head = this.pages.head();
      if (this.sequence < head) {
        // Between two pages of a long history everyone else gets a turn.
        if (this.looked) await nextTurn();
        if (this.isEnded()) break;
        const { events, scannedTo } = this.pages.ofLog(this.sequence, head, 'forwards', this.options.filter, Infinity);
        this.sequence = scannedTo;
        this.looked = true;
        if (events.length > 0) return { done: false, value: events };
      } else if (this.told < head) {
        this.told = head;
        this.looked = false;
        return { done: false, value: { caughtUp: true, head: checkpointAt(head) } };
      } else {
        await this.wait();
      }
    }
    return DONE;
  }

  /** The head was read in this same turn of the event loop: what is stored from now on wakes it. */
  private async wait(): Promise<void> {
    await new Promise<void>((resolve) => (this.resume = resolve));
    this.resume = undefined;
  }

  private isEnded(): boolean {
    return this.state === 'ended';
  }
}
