import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ServedEvent } from '../served-event.js';
import { type FeedGroup, type Member, type ReadStretch } from './feed-group.js';
import { type Transport } from './transport.js';

/** One thing a follower is told. */
export interface Told {
  /** Null where there is nothing to tell but that it has caught up. */
  event: ServedEvent | null;
  /** Where to go on after it: a sequence. */
  sequence: number;
  /** When the event of that sequence was recorded, in milliseconds since 1970; undefined where that cannot be told. */
  recordedAt: number | undefined;
  /** Whether there was nothing more when it was read. */
  caughtUp: boolean;
  /** The last sequence that could be read then. */
  head: number;
}

/** How much is told at once. */
export interface Portion {
  events: number;
  /** Characters of what is stored of the events; one that goes beyond is still told. */
  characters: number;
}

const ONE: Portion = { events: 1, characters: 1 };
/** Places that are looked up at once. */
const MOST_PLACES = 256;
/** The same where the read models move on before more are told. */
const FEWEST_PLACES = 16;

/**
 * One follower: a place in the feed, and nothing else. It reads when it is asked, so one that takes nothing holds nothing but
 * its place.
 */
export class Subscriber implements Member {
  private stretch: ReadStretch | undefined;
  /** Of the stretch's next place. */
  private nth = 0;
  /** Places to look up next: not many more than are told before they have to be looked up anew. */
  private most = MOST_PLACES;
  private place: number;
  /** The entry that was told last, if the event of its sequence is still to come. */
  private entry: string | undefined;
  /** It has been told that it has caught up, and nothing has come since. */
  private toldCaughtUp = false;
  private closed = false;

  /** Made by `Feed.subscribe`. */
  constructor(
    private readonly group: FeedGroup,
    readonly transport: Transport,
    after: number,
  ) {
    this.place = after;
    group.members.add(this);
  }

  /** While it waits, and so has dealt with all it was told: nothing up to this sequence is still to come. Else undefined. */
  get restsAt(): number | undefined {
    return this.group.isWaiting(this) ? Math.max(this.place, this.group.spared) : undefined;
  }

  /** When the event of a sequence was recorded, in milliseconds since 1970; undefined where that cannot be told. */
  timeOf(sequence: number): Promise<number | undefined> {
    return this.group.timeOf(sequence);
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** What comes next, as soon as there is something; nothing at all once it is closed. Not to be called again before it is answered. */
  async next(portion = ONE): Promise<Told[]> {
    while (!this.closed) {
      const stretch = await this.current().catch((error: unknown) => {
        if (!this.closed) throw error;
      });
      if (this.isClosed || !stretch) break;
      if (this.nth < stretch.places.length) {
        // While it was waited for, it may have been hidden: now that it is at hand, access is asked again.
        const hasWaited = await this.group.fetch(stretch, this.nth);
        if (hasWaited && !this.group.isFresh(stretch)) continue;
        return this.tell(stretch, portion);
      }
      this.place = stretch.reached;
      this.stretch = undefined;
      this.most = Math.min(MOST_PLACES, 2 * this.most);
      const { head } = stretch;
      if (stretch.reached < head) await nextTurn();
      else if (this.toldCaughtUp || stretch.reached > head)
        this.place = Math.max(this.place, await this.group.wait(this, stretch));
      else {
        this.toldCaughtUp = true;
        const recordedAt = await this.timeAt(stretch, this.place);
        return this.isClosed ? [] : [{ event: null, sequence: this.place, recordedAt, caughtUp: true, head }];
      }
    }
    return [];
  }

  /** Ends what waits, and leaves nothing behind. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.stretch = undefined;
    this.group.leave(this);
  }

  /** Access is asked again whenever the read models have moved on. */
  private async current(): Promise<ReadStretch> {
    if (this.stretch && this.group.isFresh(this.stretch)) return this.stretch;
    if (this.stretch && this.nth > 0) this.most = Math.min(MOST_PLACES, Math.max(FEWEST_PLACES, 2 * this.nth));
    this.stretch = undefined;
    const stretch = await this.group.stretch(this.place, this.most);
    this.nth = this.entry !== undefined && stretch.places[0]?.told?.envelope.id === this.entry ? 1 : 0;
    return (this.stretch = stretch);
  }

  private async tell(stretch: ReadStretch, { events: most, characters }: Portion): Promise<Told[]> {
    if (this.closed) return [];
    const events = this.group.contents(stretch, this.nth, most, characters);
    const { places, reached, head } = stretch;
    const told = events.map((event): Told => {
      const { id, sequence } = event.envelope;
      const isLast = ++this.nth === places.length;
      // An entry about access stands before the event of its sequence: whoever goes on from the entry is still told of that.
      const isBefore = !isLast && places[this.nth].sequence === sequence;
      this.entry = isBefore ? id : undefined;
      this.place = isLast ? reached : isBefore ? sequence - 1 : sequence;
      this.toldCaughtUp = isLast && reached >= head;
      return { event, sequence: this.place, recordedAt: undefined, caughtUp: this.toldCaughtUp, head };
    });
    for (const one of told) one.recordedAt = await this.timeAt(stretch, one.sequence, one.event);
    return this.isClosed ? [] : told;
  }

  private timeAt(
    { head, headRecordedAt }: ReadStretch,
    sequence: number,
    event: ServedEvent | null = null,
  ): number | undefined | Promise<number | undefined> {
    if (event?.envelope.sequence === sequence) return Date.parse(event.envelope.recordedAt);
    return sequence === head ? Date.parse(headRecordedAt) : this.timeOf(sequence);
  }
}
