import { dirname, join, resolve } from 'node:path';
import { checkAppend } from '../check-append.js';
import { LogCannotOpen } from '../errors.js';
import {
  type Appended,
  type Checkpoint,
  type EventLog,
  type ExpectedRevision,
  type FollowOptions,
  type NewEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
} from '../event-log.js';
import { logCreated, SYSTEM_LOG } from '../system-log.js';
import { type Follower } from './follower.js';
import { LOG_FILE } from './log-file.js';
import { makeFolder } from './make-folder.js';
import { messageOf } from './sqlite-error.js';
import { openSqliteLogReader, type SqliteLogReader, type SqliteReaderHandle } from './reader.js';
import { WriterClient } from './writer-client.js';

export type SqliteLogOptions = ({ folder: string } | { file: string }) & {
  /** The clock of the log's own first event. */
  clock?: () => Date;
  /** That event where it is another log's, of which this one is to be a copy. */
  first?: NewEvent;
  /** Called once when the writer has stopped for good, after everything that waited was rejected. Default: says so and ends the process with 1. */
  onFatal?: (error: Error) => void;
  /** How large the log's file may grow, in bytes, as a guard for what else is on the disk; at the limit it answers as a full disk does. Default: no limit. */
  maxBytes?: number;
  /** Appends that may wait for their answer; one more is refused with `LogOverloaded`. */
  maxWaiting?: number;
  /** The same in bytes of payloads and metadata. */
  maxWaitingBytes?: number;
};

/**
 * Opens the embedded log, creating it with its first event `LogCreated` if it is missing. The caller owns the folder
 * (`lockFolder`). Rejects with `LogCannotOpen`.
 */
export async function openSqliteLog(options: SqliteLogOptions): Promise<SqliteEventLog> {
  const file = 'file' in options ? options.file : join(options.folder, LOG_FILE);
  createFolder(dirname(file));
  const log: { reader?: SqliteLogReader } = {};
  const writer = await WriterClient.start({
    file,
    maxBytes: options.maxBytes,
    maxWaiting: options.maxWaiting ?? 10_000,
    maxWaitingBytes: options.maxWaitingBytes ?? 67_108_864,
    onStored: () => log.reader?.wake(),
    onFatal: options.onFatal ?? endProcess,
  });
  try {
    log.reader = openSqliteLogReader({ file });
    if ((await log.reader.head()).sequence === 0) await createLog(writer, options);
    await log.reader.identity();
    return new SqliteEventLog(file, writer, log.reader);
  } catch (error) {
    await Promise.all([writer.close(), log.reader?.close()]);
    if (error instanceof LogCannotOpen) throw error;
    throw new LogCannotOpen(messageOf(error), { cause: error });
  }
}

/** The embedded log: a writer in a thread of its own, a reader in the caller's, and handles for readers in others. */
export class SqliteEventLog implements EventLog {
  /** Made by `openSqliteLog`. */
  constructor(
    readonly file: string,
    private readonly writer: WriterClient,
    private readonly reader: SqliteLogReader,
  ) {}

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    try {
      return this.writer.append(stream, events, expected, checkAppend(stream, events));
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
  }

  readStream(stream: string, options?: ReadStreamOptions): AsyncGenerator<StoredEvent[], void, void> {
    return this.reader.readStream(stream, options);
  }

  readAll(options?: ReadAllOptions): AsyncGenerator<StoredEvent[], void, void> {
    return this.reader.readAll(options);
  }

  readEvents(places: readonly Checkpoint[]): Promise<StoredEvent[]> {
    return this.reader.readEvents(places);
  }

  follow(options: FollowOptions): Follower {
    return this.reader.follow(options);
  }

  head(): Promise<Checkpoint> {
    return this.reader.head();
  }

  identity(): Promise<string> {
    return this.reader.identity();
  }

  /** What a reader in another thread needs; transfer `wake` to it. Close the reader there before the log here. */
  readerHandle(): Required<SqliteReaderHandle> {
    return { file: this.file, wake: this.writer.subscribe() };
  }

  /** Appends that wait for their answer, and their bytes. */
  get waiting(): { appends: number; bytes: number } {
    return this.writer.waiting;
  }

  /** Whether it takes appends; at the moment or, after a full disk, as far as the last one tells. */
  get isWritable(): boolean {
    return this.writer.isWritable;
  }

  /** Followers of this thread that have begun and not ended. */
  get openFollowers(): number {
    return this.reader.openFollowers;
  }

  /** Takes nothing new, ends the followers of this thread, stores what is queued, empties the write-ahead log, closes. */
  async close(): Promise<void> {
    const stored = this.writer.close();
    await this.reader.close();
    await stored;
  }
}

function createFolder(folder: string): void {
  try {
    makeFolder(resolve(folder));
  } catch (error) {
    throw new LogCannotOpen(
      `The folder ${folder} cannot be used (${messageOf(error)}): make it a folder this user may write in, or set DATA_DIR to one.`,
      { cause: error },
    );
  }
}

async function createLog(
  writer: WriterClient,
  { clock = () => new Date(), first = logCreated(clock()) }: Pick<SqliteLogOptions, 'clock' | 'first'>,
): Promise<void> {
  await writer.append(SYSTEM_LOG, [first], 'none', checkAppend(SYSTEM_LOG, [first]));
}

function endProcess(error: Error): void {
  console.error(error.message);
  process.exit(1);
}
