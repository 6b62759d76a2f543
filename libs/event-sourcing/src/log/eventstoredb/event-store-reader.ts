import { LogCannotOpen } from '../errors.js';
import {
  type Checkpoint,
  type EventLogReader,
  type FollowOptions,
  type ReadAllOptions,
  type ReadStreamOptions,
  START,
  type StoredEvent,
} from '../event-log.js';
import { type LogCreated } from '../log-created.js';
import { SYSTEM_LOG } from '../system-log.js';
import { Connection } from './connection.js';
import { matching } from './filter.js';
import { lastOfOurs } from './last-event.js';
import { LogPages } from './log-pages.js';
import { compare, parsePosition } from './position.js';
import { readPlacesRequest } from './protocol.js';
import { ServerFollower } from './server-follower.js';
import { ServerReads, WrongPlace } from './server-reads.js';
import { positionOf } from './stored-event.js';
import { StreamPages } from './stream-pages.js';
import { StreamNames } from './streams.js';
import { type CountedPlace } from './counted-place.js';
import { Tail, type TailOptions } from './tail.js';

/** What a thread needs to read and follow the log over a connection of its own. */
export interface EventStoreReaderHandle extends Omit<Partial<TailOptions>, 'onCounted'> {
  /** A place to count on from, and the event there if it is known. Default: the log's first event. */
  countFrom?: CountedPlace;
  /** `esdb://…`, as the client reads it. */
  url: string;
  /** Before every stream's name. */
  prefix: string;
  /** A read fails, and is made again, when nothing comes for so long, in milliseconds. */
  readTimeoutMs?: number;
}

/** How many of the single events asked for are fetched at once. */
const AT_ONCE = 16;

/**
 * Opens a reader. Where `countFrom` turns out to be none of this log's places, counting begins at its first event.
 * Rejects with `LogUnavailable` when the server stays away.
 */
export async function openEventStoreReader(
  handle: EventStoreReaderHandle,
  onCounted?: TailOptions['onCounted'],
): Promise<EventStoreReader> {
  const reader = new EventStoreReader(handle, onCounted);
  try {
    const { countFrom } = handle;
    if (!countFrom || !(await reader.stands(countFrom))) reader.tail.start(START);
    else if (await reader.isScanned(countFrom)) reader.tail.start(countFrom);
    else reader.tail.start({ ...countFrom, scanned: undefined });
    return reader;
  } catch (error) {
    await reader.close();
    throw error;
  }
}

/** Reads and follows the log: one connection, one subscription. */
export class EventStoreReader implements EventLogReader {
  readonly connection: Connection;
  readonly names: StreamNames;
  readonly tail: Tail;
  private readonly reads: ServerReads;
  private readonly streams: StreamPages;
  private logId?: string;

  /** Made by `openEventStoreReader`. */
  constructor(handle: EventStoreReaderHandle, onCounted?: TailOptions['onCounted']) {
    const { url, prefix, readTimeoutMs = 10_000 } = handle;
    const { giveUpAfterMs = 20_000, retryAfterMs = 100, watchMs = 20_000 } = handle;
    this.connection = new Connection(url);
    this.names = new StreamNames(prefix);
    this.reads = new ServerReads(this.connection, { readTimeoutMs, giveUpAfterMs, retryAfterMs });
    this.streams = new StreamPages(this.reads, this.names);
    const tail = { giveUpAfterMs, retryAfterMs, watchMs, onCounted };
    this.tail = new Tail(this.connection, this.reads, this.names, tail);
  }

  /** Events carry no sequence: one stream does not tell it. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncGenerator<StoredEvent[], void, void> {
    return this.streams.read(stream, options);
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<StoredEvent[], void, void> {
    const { direction = 'forwards', limit = Infinity } = options;
    if (limit <= 0) return;
    const matches = matching(options.filter);
    let left = limit;
    for await (const page of direction === 'forwards' ? this.forwards(options.after) : this.backwards(options.after)) {
      const events = page.filter(matches).slice(0, left);
      if (events.length > 0) yield events;
      left -= events.length;
      if (left <= 0) return;
    }
  }

  async readEvents(places: readonly Checkpoint[]): Promise<StoredEvent[]> {
    const head = await this.headFor(places);
    const found = new Map<number, StoredEvent>();
    const runs = runsOf(places.filter(({ sequence }) => sequence >= 1 && sequence <= head.sequence));
    const pages = this.pages();
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, runs.length) }, async () => {
        for (let run = runs.shift(); run; run = runs.shift()) {
          const events = await pages.run(run[0], run.length);
          for (const event of events) found.set(event.sequence!, event);
          // Something of others stood between them: on from there.
          if (events.length > 0 && events.length < run.length) runs.push(run.slice(events.length));
        }
      }),
    );
    return places.map(({ sequence }) => {
      const event = found.get(sequence);
      if (event) return event;
      throw new RangeError(`The log has no event ${sequence} at the place asked for; it ends at ${head.sequence}.`);
    });
  }

  follow(options: FollowOptions): ServerFollower {
    return new ServerFollower(this.tail, this.pages(), options);
  }

  head(): Promise<Checkpoint> {
    return this.tail.current();
  }

  async identity(): Promise<string> {
    return (this.logId ??= await this.readIdentity());
  }

  /** The UUID in the log's first event; undefined in an empty log. */
  async findIdentity(): Promise<string | undefined> {
    for await (const [first] of this.readStream(SYSTEM_LOG, { limit: 1 })) {
      if (first.type === 'LogCreated') return (JSON.parse(first.payload) as LogCreated).logId;
    }
    return undefined;
  }

  /** True if this is a place of this log, as far as can be seen there. */
  async stands(place: CountedPlace): Promise<boolean> {
    if (place.sequence === 0) return false;
    const event = await this.pages().at(place);
    return event !== undefined && (place.eventId ?? event.id) === event.id;
  }

  /** True if it is still as the place says: nothing of ours between it and what was scanned, and the server that far. */
  async isScanned({ position, scanned }: CountedPlace): Promise<boolean> {
    if (scanned === undefined) return false;
    const [from, to] = [parsePosition(position), parsePosition(scanned)];
    const last = await lastOfOurs(this.reads, this.names);
    if (!last || compare(to, from) < 0 || (compare(last, from) > 0 && compare(last, to) <= 0)) return false;
    try {
      const { events } = await this.reads.page(readPlacesRequest(to, 1));
      return events.length > 0 && compare(positionOf(events[0]), to) >= 0;
    } catch (error) {
      if (error instanceof WrongPlace) return false;
      throw error;
    }
  }

  /** Followers that are open and not ended. */
  get openFollowers(): number {
    return this.tail.followers.size;
  }

  async close(): Promise<void> {
    this.tail.close();
    await this.connection.close();
  }

  private async *forwards(after: Checkpoint = START): AsyncGenerator<StoredEvent[]> {
    const head = await this.head();
    const pages = this.pages();
    for (let place = after; place.sequence < head.sequence;) {
      const page = await pages.after(place);
      const last = page[page.length - 1];
      place = { sequence: last.sequence!, position: last.position };
      yield place.sequence <= head.sequence ? page : page.slice(0, head.sequence - place.sequence);
    }
  }

  private async *backwards(after?: Checkpoint): AsyncGenerator<StoredEvent[]> {
    const pages = this.pages();
    let place = after ?? (await this.head());
    if (!after && place.sequence > 0) {
      const last = await pages.at(place);
      if (last) yield [last];
    }
    for (let page = await pages.before(place); page.length > 0; page = await pages.before(place)) {
      yield page;
      const last = page[page.length - 1];
      place = { sequence: last.sequence!, position: last.position };
    }
  }

  /** What has been counted is enough, unless a place lies beyond it. */
  private async headFor(places: readonly Checkpoint[]): Promise<Checkpoint> {
    const { counted } = this.tail;
    return places.every(({ sequence }) => sequence <= counted.sequence) ? counted : this.head();
  }

  private async readIdentity(): Promise<string> {
    const logId = await this.findIdentity();
    if (logId !== undefined) return logId;
    throw new LogCannotOpen(
      `The log does not begin with ${SYSTEM_LOG}, as every event log does: check EVENT_LOG and EVENT_LOG_PREFIX, or restore it.`,
    );
  }

  /** One for each reader: it fetches ahead. */
  private pages(): LogPages {
    return new LogPages(this.reads, this.names);
  }
}

/** Places in log order, those that follow each other together. */
function runsOf(places: readonly Checkpoint[]): Checkpoint[][] {
  const sorted = [...new Map(places.map((place) => [place.sequence, place])).values()].sort(
    (a, b) => a.sequence - b.sequence,
  );
  const runs: Checkpoint[][] = [];
  for (const place of sorted) {
    const run = runs.at(-1);
    if (run && run[run.length - 1].sequence + 1 === place.sequence && run.length < 512) run.push(place);
    else runs.push([place]);
  }
  return runs;
}
