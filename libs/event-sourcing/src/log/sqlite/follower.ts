import { setImmediate as nextTurn } from 'node:timers/promises';
import { CheckpointAhead } from '../errors.js';
import { type FollowOptions } from '../event-log.js';
import { DONE, LogFollower, type Step } from '../follower.js';
import { checkpointAt } from './checkpoint.js';
import { type Followers } from './followers.js';
import { type LogPages } from './pages.js';

/** One follower of the embedded log. */
export class Follower extends LogFollower {
  private sequence: number;
  /** The head that was last answered as caught up. */
  private told = -1;
  private looked = false;

  constructor(
    private readonly pages: LogPages,
    private readonly options: FollowOptions,
    followers: Followers,
  ) {
    super(options.signal, followers.opened);
    this.sequence = options.after.sequence;
  }

  protected open(): void {
    const head = this.pages.head();
    if (this.sequence > head) throw new CheckpointAhead(this.options.after, checkpointAt(head));
  }

  protected async advance(): Promise<Step> {
    while (!this.hasEnded()) {
      const head = this.pages.head();
      if (this.sequence < head) {
        // Between two pages of a long history everyone else gets a turn.
        if (this.looked) await nextTurn();
        if (this.hasEnded()) break;
        const { events, scannedTo } = this.pages.ofLog(this.sequence, head, 'forwards', this.options.filter, Infinity);
        this.sequence = scannedTo;
        this.looked = true;
        if (events.length > 0) return { done: false, value: events };
      } else if (this.told < head) {
        this.told = head;
        this.looked = false;
        return { done: false, value: { caughtUp: true, head: checkpointAt(head) } };
      } else {
        // The head was read in this same turn of the event loop.
        await this.wait();
      }
    }
    return DONE;
  }
}
