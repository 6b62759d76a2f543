import { CheckpointAhead, CheckpointUnknown } from '../errors.js';
import { type Checkpoint, type FollowOptions } from '../event-log.js';
import { DONE, LogFollower, type Step } from '../follower.js';
import { matching } from './filter.js';
import { type LogPages } from './log-pages.js';
import { compare, parsePosition } from './position.js';
import { type Tail } from './tail.js';

/** The most events of a step. */
const STEP = 512;

/** One follower of the log: far behind it reads pages, near the end it takes from what the tail keeps. */
export class ServerFollower extends LogFollower {
  private place: Checkpoint;
  /** The head that was last answered as caught up. */
  private told = -1;
  private readonly stopping = new AbortController();

  constructor(
    private readonly tail: Tail,
    private readonly pages: LogPages,
    private readonly options: FollowOptions,
  ) {
    super(options.signal, tail.followers);
    this.place = options.after;
  }

  protected override onEnd(): void {
    this.stopping.abort();
  }

  protected async open(): Promise<void> {
    const head = await this.tail.current();
    const { after } = this.options;
    if (after.sequence > head.sequence) throw new CheckpointAhead(after, head);
    if (after.sequence === 0) return;
    const isHead = after.sequence === head.sequence;
    const order = compare(parsePosition(after.position), parsePosition(head.position));
    if (isHead ? order !== 0 : order >= 0) throw new CheckpointUnknown(after);
    if (!isHead && !(await this.pages.at(after))) throw new CheckpointUnknown(after);
  }

  protected async advance(): Promise<Step> {
    while (!this.hasEnded()) {
      const head = this.tail.counted;
      if (this.place.sequence < head.sequence) {
        const { sequence } = this.place;
        const page = this.tail.after(sequence, STEP) ?? (await this.pages.after(this.place, this.stopping.signal));
        if (this.hasEnded()) break;
        const last = page[page.length - 1];
        this.place = { sequence: last.sequence!, position: last.position };
        const events = page.filter(matching(this.options.filter));
        if (events.length > 0) return { done: false, value: events };
      } else if (this.told < head.sequence) {
        this.told = head.sequence;
        return { done: false, value: { caughtUp: true, head } };
      } else {
        await this.wait();
      }
    }
    return DONE;
  }
}
