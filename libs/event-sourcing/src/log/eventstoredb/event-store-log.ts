import { LogCannotOpen, WrongExpectedRevision } from '../errors.js';
import {
  type Appended,
  type Checkpoint,
  type EventLog,
  type ExpectedRevision,
  type FollowOptions,
  type NewEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type Revision,
  type StoredEvent,
} from '../event-log.js';
import { logCreated, SYSTEM_LOG } from '../system-log.js';
import { AppendCalls } from './append-calls.js';
import { Appender, type AppenderOptions } from './appender.js';
import { checkAddress, shownAddress } from './address.js';
import { type EventStoreReader, type EventStoreReaderHandle, openEventStoreReader } from './event-store-reader.js';
import { reasonOf } from './failures.js';
import { KnownHashes } from './known-hashes.js';
import { type ServerFollower } from './server-follower.js';
import { type TailOptions } from './tail.js';

export interface EventStoreLogOptions extends Omit<EventStoreReaderHandle, 'prefix'>, Partial<AppenderOptions> {
  /** EVENT_LOG_PREFIX. Default: none. */
  prefix?: string;
  /** Told of each place counted up to, to be handed in as `countFrom` another time. */
  onCounted?: TailOptions['onCounted'];
  /** Told when it has been closed. */
  onClosed?: () => void;
  /** The clock of the log's own first event. */
  clock?: () => Date;
  /** That event where it is another log's, of which this one is to be a copy. */
  first?: NewEvent;
}

/**
 * Opens the log on an EventStoreDB server or cluster, creating it with its first event `LogCreated` if it is not there.
 * Rejects with `LogCannotOpen`.
 */
export async function openEventStoreLog(given: EventStoreLogOptions): Promise<EventStoreLog> {
  const options = { ...given, prefix: given.prefix ?? '' };
  const shown = shownAddress(options.url);
  checkAddress(options.url, options.prefix);
  let log: EventStoreLog | undefined;
  try {
    const reader = await openEventStoreReader(options, options.onCounted);
    log = new EventStoreLog(reader, options);
    await log.create(options);
    await log.identity();
    await log.head();
    return log;
  } catch (error) {
    await log?.close();
    if (error instanceof LogCannotOpen) throw error;
    throw new LogCannotOpen(
      `The event log ${shown} cannot be opened (${reasonOf(error)}): start the server, or correct EVENT_LOG.`,
      { cause: error },
    );
  }
}

/** The log on an EventStoreDB server: appends, and a reader in the same connection. */
export class EventStoreLog implements EventLog {
  private readonly calls: AppendCalls;
  private readonly appender: Appender;
  private readonly hashes: KnownHashes;
  private closed?: Promise<void>;

  /** Made by `openEventStoreLog`. */
  constructor(
    private readonly reader: EventStoreReader,
    private readonly options: EventStoreLogOptions & { prefix: string },
  ) {
    this.calls = new AppendCalls(reader.connection);
    this.hashes = new KnownHashes((stream, revision) => this.eventAt(stream, revision));
    this.appender = new Appender(reader.names, this.calls, this.hashes, reader.tail, {
      appendTimeoutMs: options.appendTimeoutMs ?? 5_000,
      giveUpAfterMs: options.giveUpAfterMs ?? 20_000,
      retryAfterMs: options.retryAfterMs ?? 100,
      maxWaiting: options.maxWaiting ?? 10_000,
      maxWaitingBytes: options.maxWaitingBytes ?? 67_108_864,
    });
  }

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    return this.appender.append(stream, events, expected);
  }

  async *readStream(stream: string, options?: ReadStreamOptions): AsyncGenerator<StoredEvent[], void, void> {
    for await (const page of this.reader.readStream(stream, options)) {
      for (const { revision, hash } of [page[0], page[page.length - 1]]) this.hashes.learn(stream, revision, hash);
      yield page;
    }
  }

  readAll(options?: ReadAllOptions): AsyncGenerator<StoredEvent[], void, void> {
    return this.reader.readAll(options);
  }

  readEvents(places: readonly Checkpoint[]): Promise<StoredEvent[]> {
    return this.reader.readEvents(places);
  }

  follow(options: FollowOptions): ServerFollower {
    return this.reader.follow(options);
  }

  head(): Promise<Checkpoint> {
    return this.reader.head();
  }

  identity(): Promise<string> {
    return this.reader.identity();
  }

  /** What a reader in another thread needs; it counts on from where this one has come to. */
  readerHandle(): EventStoreReaderHandle {
    const { url, prefix, readTimeoutMs, giveUpAfterMs, retryAfterMs, watchMs } = this.options;
    return { url, prefix, readTimeoutMs, giveUpAfterMs, retryAfterMs, watchMs, countFrom: this.reader.tail.place };
  }

  /** The server is reached: what is sent now is likely to be stored. */
  get isWritable(): boolean {
    return this.reader.tail.isFollowing;
  }

  /** Appends that wait for their answer, and the bytes of their payloads and metadata. */
  get waiting(): { appends: number; bytes: number } {
    return this.appender.waiting;
  }

  get openFollowers(): number {
    return this.reader.openFollowers;
  }

  /** Takes nothing new, waits for the outcome of what was taken, ends the followers, closes the connection. */
  close(): Promise<void> {
    return (this.closed ??= this.closeAll());
  }

  /** Appends the first event to an empty log. Where two do so at once, one identity remains. */
  async create({ clock = () => new Date(), first }: Pick<EventStoreLogOptions, 'clock' | 'first'>): Promise<void> {
    if ((await this.reader.findIdentity()) !== undefined) return;
    if (!(await this.reader.connection.canAppend())) {
      throw new LogCannotOpen(`${shownAddress(this.options.url)} is older than EventStoreDB 21.10: update it.`);
    }
    if ((await this.head()).sequence > 0) {
      // Another process has created it since.
      if ((await this.reader.findIdentity()) !== undefined) return;
      throw new LogCannotOpen(
        `On ${shownAddress(this.options.url)} there are streams named as ours are, but no ${SYSTEM_LOG}: they are another application's; set EVENT_LOG_PREFIX.`,
      );
    }
    try {
      await this.append(SYSTEM_LOG, [first ?? logCreated(clock())], 'none');
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
    }
  }

  private async closeAll(): Promise<void> {
    await this.appender.close();
    this.calls.close();
    await this.reader.close();
    this.options.onClosed?.();
  }

  private async eventAt(stream: string, revision: Revision) {
    for await (const [there] of this.reader.readStream(stream, { from: revision, limit: 1, direction: 'backwards' })) {
      return there;
    }
    return null;
  }
}
