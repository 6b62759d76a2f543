import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '#event-sourcing/refusal.js';
import { subjectIdOf } from '#event-sourcing/stream-name.js';
import { type AccessFilter } from '../access-filter.js';
import { type EventKind, type FeedPlace, type Stretch } from '../event-reads.js';
import { type FeedFilter } from '../feed-options.js';
import { type ProjectionGroup } from '../read-model.js';
import { type ReadModels } from '../read-models.js';
import { type ServedEvent } from '../served-event.js';
import { withhold } from '../withhold.js';
import { type EventShelf } from './event-shelf.js';
import { type Transport } from './transport.js';

/** Stretches that are kept: followers in different places each read their own. */
const MOST_STRETCHES = 8;
/** Followers that are woken in one turn of the event loop. */
const WOKEN_AT_ONCE = 250;
/** How long a read is put off that found too many others waiting, or a store that lacks what was told of it, in milliseconds. */
const PUT_OFF = 250;
/** For how long what was read of an earlier store may be told: access in it changes where the checkpoint stands, too. In milliseconds. */
const FRESH = 50;

/** A stretch of the feed, with the moment it was read at. */
export interface ReadStretch extends Stretch {
  checkpoint: number;
  /** By `performance.now()`. */
  readAt: number;
  /** It holds for as long as the checkpoint stands. */
  isLasting: boolean;
}

/** One of a group. */
export interface Member {
  readonly transport: Transport;
  close(): void;
}

/** What groups need of the feed that they are of; see `Feed`. */
export interface GroupedFeed {
  readonly shelf: EventShelf;
  readonly readModels: Pick<ReadModels, 'checkpoint' | 'session'>;
  readonly told: ProjectionGroup['told'];
  readonly isLive: boolean;
  readonly spared: number;
  timeOf(sequence: number): Promise<number | undefined>;
}

/** Followers with the same access and the same filter. */
export class FeedGroup {
  readonly members = new Set<Member>();
  readonly filtered: boolean;
  /** Whatever event may be one that changes what these followers may see, of which they are told. */
  private readonly wantsTold: boolean;
  private readonly types: ReadonlySet<string> | undefined;
  private readonly subjects: ReadonlySet<string> | undefined;
  private readonly stretches = new Map<number, Promise<ReadStretch>>();
  private readAt = -1;
  /** By `performance.now()`: until when the stretches may be shared. */
  private sharedUntil = 0;
  private readonly waiting = new Map<Member, (spared: number) => void>();

  constructor(
    private readonly feed: GroupedFeed,
    private readonly access: AccessFilter,
    private readonly filter: FeedFilter,
    private readonly onEmpty: () => void,
  ) {
    this.types = filter.types && new Set(filter.types);
    this.subjects = filter.subjects && new Set(filter.subjects);
    const { gained, lost } = feed.told;
    this.wantsTold = access.told !== null && (filter.types?.some((type) => type === gained || type === lost) ?? true);
    this.filtered = filter.types !== undefined || filter.subjects !== undefined;
  }

  get hasWaiting(): boolean {
    return this.waiting.size > 0;
  }

  get spared(): number {
    return this.feed.spared;
  }

  timeOf(sequence: number): Promise<number | undefined> {
    return this.feed.timeOf(sequence);
  }

  leave(member: Member): void {
    this.waiting.get(member)?.(0);
    this.waiting.delete(member);
    this.members.delete(member);
    if (this.members.size === 0) this.onEmpty();
  }

  isConcernedBy(kinds: readonly EventKind[]): boolean {
    return kinds.some(([type, stream]) => {
      if (this.types && !this.types.has(type) && !this.wantsTold) return false;
      return !this.subjects || (stream !== null && this.subjects.has(subjectIdOf(stream)));
    });
  }

  /** Where the next events after this sequence stand, as it is now: so many, or as many as another follower asked for there. */
  stretch(after: number, most: number): Promise<ReadStretch> {
    const { checkpoint } = this.feed.readModels;
    const { isLive } = this.feed;
    const now = performance.now();
    if (this.readAt !== checkpoint || now > this.sharedUntil || (!isLive && this.sharedUntil === Infinity)) {
      this.stretches.clear();
      this.sharedUntil = isLive ? Infinity : now + FRESH;
    }
    this.readAt = checkpoint;
    let stretch = this.stretches.get(after);
    if (!stretch) {
      stretch = this.read(after, most, checkpoint);
      this.stretches.set(after, stretch);
      stretch.catch(() => this.stretches.delete(after));
      if (this.stretches.size > MOST_STRETCHES) this.stretches.delete(this.stretches.keys().next().value!);
    }
    return stretch;
  }

  isFresh({ checkpoint, readAt, isLasting }: ReadStretch): boolean {
    const { isLive, readModels } = this.feed;
    return checkpoint === readModels.checkpoint && ((isLasting && isLive) || performance.now() - readAt < FRESH);
  }

  /** Gets at hand what stands at the nth place of a stretch. Resolves whether that had to be waited for. */
  async fetch({ places }: ReadStretch, nth: number): Promise<boolean> {
    let hasWaited = false;
    while (!this.atHand(places[nth])) {
      hasWaited = true;
      const rest = places.slice(nth).filter(({ told }) => !told);
      await this.feed.shelf.fetch(rest, (some) => this.feed.readModels.session(this.access).contents(some));
    }
    return hasWaited;
  }

  /** What stands at the places of a stretch from the nth on, as far as it is at hand. */
  contents({ places }: ReadStretch, from: number, most: number, characters: number): ServedEvent[] {
    const events: ServedEvent[] = [];
    for (let n = from; n < places.length && events.length < most && characters > 0; n++) {
      const event = this.atHand(places[n]);
      if (!event) break;
      events.push(event);
      characters -= event.stored.payload.length + event.stored.metadata.length;
    }
    return events;
  }

  /**
   * The shelf’s events are whole and for all: one that names what is hidden from these followers is copied without it,
   * and one that something stands around with what that is.
   */
  private atHand({ sequence, hidden, guards, told }: FeedPlace): ServedEvent | undefined {
    if (told) return told;
    const event = this.feed.shelf.get(sequence);
    if (!event || (!hidden?.length && !guards)) return event;
    return { ...event, payload: withhold(event.payload, hidden), hidden, guards };
  }

  /** Resolves when something may have come after a stretch, at once if it has already: with the sequence up to which nothing has. */
  async wait(member: Member, { head, checkpoint }: ReadStretch): Promise<number> {
    if (checkpoint > head) return this.lookAgain();
    if (this.feed.readModels.checkpoint > head) return 0;
    return new Promise((resolve) => this.waiting.set(member, resolve));
  }

  isWaiting(member: Member): boolean {
    return this.waiting.has(member);
  }

  async wake(): Promise<void> {
    const { spared } = this.feed;
    let left = WOKEN_AT_ONCE;
    for (const [member, resolve] of [...this.waiting]) {
      this.waiting.delete(member);
      resolve(spared);
      if (--left > 0) continue;
      left = WOKEN_AT_ONCE;
      await nextTurn();
    }
  }

  /** The store lost what was told of it, as a database does whose last commits were not kept, and is to hold it again. */
  private async lookAgain(): Promise<number> {
    await pause(PUT_OFF, undefined, { ref: false });
    this.stretches.clear();
    return 0;
  }

  private async read(after: number, first: number, checkpoint: number): Promise<ReadStretch> {
    const { readModels } = this.feed;
    for (;;) {
      try {
        const options = { ...this.filter, after, first };
        const [readAt, isLasting] = [performance.now(), this.feed.isLive];
        return { ...(await readModels.session(this.access).stretch(options)), checkpoint, readAt, isLasting };
      } catch (error) {
        if (!isForTooMany(error) || this.members.size === 0) throw error;
        await pause(PUT_OFF);
      }
    }
  }
}

/** Long reads go where other long ones may stand in line. */
const isForTooMany = (error: unknown): boolean =>
  error instanceof Refusal && (error.code === 'OVERLOADED' || error.code === 'LIMIT_EXCEEDED');
