import { CheckpointUnknown } from '../errors.js';
import { type Checkpoint, type StoredEvent } from '../event-log.js';
import { compare, formatPosition, parsePosition, type Position } from './position.js';
import { readAllRequest, readPlacesRequest } from './protocol.js';
import { type Direction } from './read-options.js';
import { type Page, type ServerReads, WrongPlace } from './server-reads.js';
import { nameOf, positionOf, type RecordedEvent, storedEvent, typeOf } from './stored-event.js';
import { type StreamNames } from './streams.js';

/** The events of the first call, and of later ones: who reads on is likely to read a lot. */
const FIRST_PAGE = 64;
const LARGEST_PAGE = 2_048;

/** Reads the log in pages, in one direction, and counts. In a long read the next page is fetched while one is worked on. */
export class LogPages {
  private size = FIRST_PAGE;
  private ahead?: { from: string; page: Promise<Page> };

  constructor(
    private readonly reads: ServerReads,
    private readonly names: StreamNames,
  ) {}

  /**
   * Events after this place, at least one: the caller knows that there are some. Rejects with `CheckpointUnknown`, and with
   * `LogUnavailable` if they do not come.
   */
  async after(place: Checkpoint, signal?: AbortSignal): Promise<StoredEvent[]> {
    const start = place.sequence === 0 ? undefined : parsePosition(place.position);
    for (let from = start; ;) {
      const { events } = await this.page(from, 'forwards', place, signal);
      // Forwards the server begins with the event at the position itself.
      const ours = events.filter((event) => isAfter(event, from) && this.isOurs(event));
      if (ours.length > 0) return ours.map((event, n) => this.stored(event, place.sequence + 1 + n));
      from = positionOf(events[events.length - 1]);
    }
  }

  /** Events before this place, newest first; none at the log's beginning. Rejects with `CheckpointUnknown`. */
  async before(place: Checkpoint): Promise<StoredEvent[]> {
    if (place.sequence <= 1) return [];
    for (let from = parsePosition(place.position); ;) {
      const { events } = await this.page(from, 'backwards', place);
      const ours = events.filter((event) => this.isOurs(event));
      if (ours.length > 0) return ours.map((event, n) => this.stored(event, place.sequence - 1 - n));
      const last = events.at(-1);
      if (!last) return [];
      from = positionOf(last);
    }
  }

  /** The event at this place; undefined if none of ours stands there. */
  async at(place: Checkpoint): Promise<StoredEvent | undefined> {
    return (await this.run(place, 1))[0];
  }

  /** Up to `count` of our events from this place on, as long as nothing of others stands between them. */
  async run(place: Checkpoint, count: number): Promise<StoredEvent[]> {
    const position = parsePosition(place.position);
    try {
      const { events } = await this.reads.page(readPlacesRequest(position, count));
      if (events.length === 0 || compare(positionOf(events[0]), position) !== 0) return [];
      const end = events.findIndex((event) => !this.isOurs(event));
      return (end < 0 ? events : events.slice(0, end)).map((event, n) => this.stored(event, place.sequence + n));
    } catch (error) {
      if (error instanceof WrongPlace) return [];
      throw error;
    }
  }

  private async page(
    from: Position | undefined,
    direction: Direction,
    place: Checkpoint,
    signal?: AbortSignal,
  ): Promise<Page> {
    const { ahead, size } = this;
    this.ahead = undefined;
    try {
      const fetched = ahead?.from === keyOf(from) ? await ahead.page : undefined;
      // What is known to be there now may have come after the page was fetched.
      const isEnough = (page: Page): boolean => direction === 'backwards' || hasMore(page, from);
      const page = fetched && isEnough(fetched) ? fetched : await this.fetch(from, direction, signal, isEnough);
      const last = page.events.at(-1);
      this.size = Math.min(LARGEST_PAGE, size * 4);
      if (last && size === LARGEST_PAGE && (!page.isWhole || page.events.length === size)) {
        const next = positionOf(last);
        const fetched = this.fetch(next, direction, signal);
        // Whoever asks for it is told.
        fetched.catch(() => undefined);
        this.ahead = { from: keyOf(next), page: fetched };
      }
      return page;
    } catch (error) {
      throw error instanceof WrongPlace ? new CheckpointUnknown(place) : error;
    }
  }

  private fetch(
    from: Position | undefined,
    direction: Direction,
    signal?: AbortSignal,
    isEnough?: (page: Page) => boolean,
  ): Promise<Page> {
    return this.reads.page(readAllRequest(this.names.prefixes, from, direction, this.size), signal, isEnough);
  }

  private isOurs(event: RecordedEvent): boolean {
    return this.names.isOurs(nameOf(event), typeOf(event));
  }

  private stored(event: RecordedEvent, sequence: number): StoredEvent {
    return storedEvent(event, this.names.ours(nameOf(event)), sequence);
  }
}

const isAfter = (event: RecordedEvent, from: Position | undefined): boolean =>
  !from || compare(positionOf(event), from) > 0;

const hasMore = ({ events }: Page, from: Position | undefined): boolean => events.some((event) => isAfter(event, from));

const keyOf = (position: Position | undefined): string => (position ? formatPosition(position) : '');
