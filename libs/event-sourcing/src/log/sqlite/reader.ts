import { setImmediate as nextTurn } from 'node:timers/promises';
import { type MessagePort } from 'node:worker_threads';
import { type DatabaseSyncInstance } from '@photostructure/sqlite';
import { LogCannotOpen } from '../errors.js';
import {
  type Checkpoint,
  type EventLogReader,
  type FollowOptions,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
} from '../event-log.js';
import { SYSTEM_LOG } from '../system-log.js';
import { checkpointAt } from './checkpoint.js';
import { openForReading } from './database.js';
import { Follower } from './follower.js';
import { Followers } from './followers.js';
import { LogPages } from './pages.js';

/** What a thread needs to read and follow the log; transfer `wake` along with it. Each handle serves one reader, which closes it. */
export interface SqliteReaderHandle {
  file: string;
  /** The writer posts here after each commit. Without it a follower sees only what is stored when it looks. */
  wake?: MessagePort;
}

/** Opens a reader in this thread with a connection of its own. Throws `LogCannotOpen`. */
export const openSqliteLogReader = (handle: SqliteReaderHandle): SqliteLogReader => new SqliteLogReader(handle);

/** Reads and follows the log in its own thread. Reading is synchronous by the page; between pages others get a turn. */
export class SqliteLogReader implements EventLogReader {
  /** A field, not a local: the driver closes a connection that only its statements refer to. */
  private readonly db: DatabaseSyncInstance;
  private readonly pages: LogPages;
  private readonly followers: Followers;
  private logId?: string;

  constructor({ file, wake }: SqliteReaderHandle) {
    this.db = openForReading(file);
    this.pages = new LogPages(this.db);
    this.followers = new Followers(wake);
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<StoredEvent[], void, void> {
    const { direction = 'forwards', limit = Infinity, lazyMetadata } = options;
    let from = options.from ?? (direction === 'forwards' ? 0 : Number.MAX_SAFE_INTEGER);
    for (let left = limit; left > 0;) {
      const page = this.pages.ofStream(stream, from, direction, left, lazyMetadata);
      const last = page.at(-1);
      if (!last) return;
      yield page;
      left -= page.length;
      from = last.revision + (direction === 'forwards' ? 1 : -1);
      if (left > 0) await nextTurn();
    }
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<StoredEvent[], void, void> {
    const { direction = 'forwards', filter, limit = Infinity } = options;
    const head = this.pages.head();
    const end = direction === 'forwards' ? head : 1;
    let after = options.after?.sequence ?? (direction === 'forwards' ? 0 : head + 1);
    for (let left = limit; left > 0 && (direction === 'forwards' ? after < end : after > end);) {
      const { events, scannedTo } = this.pages.ofLog(after, end, direction, filter, left);
      if (events.length > 0) yield events;
      left -= events.length;
      after = scannedTo;
      await nextTurn();
    }
  }

  readEvents(places: readonly Checkpoint[]): Promise<StoredEvent[]> {
    const sequences = places.map(({ sequence }) => sequence);
    const events = this.pages.atSequences(sequences);
    if (events.length === places.length) return Promise.resolve(events);
    const missing = sequences.find((sequence) => !events.some((event) => event.sequence === sequence));
    return Promise.reject(new RangeError(`The log has no event ${missing}; it ends at ${this.pages.head()}.`));
  }

  follow(options: FollowOptions): Follower {
    return new Follower(this.pages, options, this.followers);
  }

  head(): Promise<Checkpoint> {
    return Promise.resolve(checkpointAt(this.pages.head()));
  }

  identity(): Promise<string> {
    this.logId ??= this.readIdentity();
    return Promise.resolve(this.logId);
  }

  /** Tells the followers that something was stored, where the caller hears it without a port. */
  wake(): void {
    this.followers.wake();
  }

  /** Followers that are open and not ended. */
  get openFollowers(): number {
    return this.followers.opened.size;
  }

  close(): Promise<void> {
    this.followers.close();
    if (this.db.isOpen) this.db.close();
    return Promise.resolve();
  }

  private readIdentity(): string {
    const [first] = this.pages.atSequences([1]);
    if (first?.stream === SYSTEM_LOG && first.type === 'LogCreated') {
      return (JSON.parse(first.payload) as { logId: string }).logId;
    }
    throw new LogCannotOpen(
      `${this.db.location()} does not begin with LogCreated, as every event log does: restore it from a backup.`,
    );
  }
}
