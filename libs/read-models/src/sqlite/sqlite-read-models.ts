import { join } from 'node:path';
import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { type LogReaderHandle } from '#event-sourcing/log/log-reader.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { type AccessFilter } from '../access-filter.js';
import { ReadBudget } from '../read-budget.js';
import { type ProjectionGroup } from '../read-model.js';
import { type ReadModels, type ReadModelsState, type ReadModelsStatus } from '../read-models.js';
import { type ReadContext } from '../read-points.js';
import { ReadSession } from '../read-session.js';
import { StatementCache } from '../statement-cache.js';
import { sqliteDialect } from './dialect.js';
import { ProjectorClient } from './projector-client.js';
import { checkGroup } from './schema.js';
import { SqliteReadStore } from './sqlite-read-store.js';
import { cannotOpen } from './store-error.js';
import { checkAgainstLog, openStoreForWriting, readCheckpoint } from './store-file.js';
import { storeFileName } from './stores.js';

export interface SqliteReadModelsOptions {
  /** Holds the store's file, `read-<version>.sqlite`. */
  folder: string;
  /** For payloads, head and identity, in this thread; stays the caller's. */
  log: EventLogReader;
  /** What the projector's thread opens a reader of the same log with; called for each thread that is started. */
  logHandle: () => LogReaderHandle;
  /** URL of the compiled module that exports `projections` and `registry`: the projector's thread imports it. */
  projections: URL;
  /** The same two as this thread has them. */
  group: ProjectionGroup;
  registry: EventRegistry;
  /** How long reads wait for what the log has and the read models have not, in milliseconds. Default: 2,000. */
  readWaitMs?: number;
  /** How long a query in a reader thread may take, in milliseconds. Default: 5,000. */
  timeLimitMs?: number;
  /** Reader threads. Default: 1. */
  readerThreads?: number;
  /** Tells a person what has stopped or is odd. Default: standard error. */
  warn?: (message: string) => void;
  clock?: () => Date;
}

/** Opens the embedded read models, and starts to build them if they are not there. Rejects with `ReadStoreCannotOpen`. */
export async function openSqliteReadModels(options: SqliteReadModelsOptions): Promise<SqliteReadModels> {
  const { group, log, logHandle, projections } = options;
  checkGroup(group);
  const file = join(options.folder, storeFileName(group));
  const logId = await log.identity();
  const checkpoint = await prepareFile(file, group, log, logId);
  const projector = await ProjectorClient.start(
    { file, logId, logHandle, projections: projections.href, warn: options.warn ?? console.error },
    checkpoint,
  );
  const { timeLimitMs = 5_000, readerThreads: threads = 1 } = options;
  const store = new SqliteReadStore({ file, threads, timeLimitMs, mostWaiting: 100 });
  return new SqliteReadModels(projector, store, logId, options);
}

/** Creates the file if it is missing; refuses one that is damaged or not of this log before any thread is started. */
async function prepareFile(file: string, group: ProjectionGroup, log: EventLogReader, logId: string) {
  const db = openStoreForWriting(file, group, logId);
  try {
    await checkAgainstLog(db, file, log);
    return readCheckpoint(db);
  } catch (error) {
    throw cannotOpen(file, error);
  } finally {
    db.close();
  }
}

/** The embedded read models: a projector in a thread of its own, short reads here, long ones in reader threads. */
export class SqliteReadModels implements ReadModels {
  private readonly context: ReadContext;
  private closed?: Promise<void>;

  /** Made by `openSqliteReadModels`. */
  constructor(
    private readonly projector: ProjectorClient,
    private readonly store: SqliteReadStore,
    logId: string,
    private readonly options: SqliteReadModelsOptions,
  ) {
    const { group, log, readWaitMs = 2_000, clock = () => new Date() } = options;
    this.context = {
      store,
      compilation: { dialect: sqliteDialect, group, effort: 'short' },
      statements: new StatementCache(),
      log,
      logId,
      readWaitMs,
      waitFor: (sequence, timeoutMs) => this.waitFor(sequence, timeoutMs),
      clock: () => clock().getTime(),
    };
  }

  get checkpoint(): number {
    return this.projector.status.sequence;
  }

  status(): ReadModelsStatus {
    return this.projector.status;
  }

  waitFor(sequence: number, timeoutMs: number): Promise<ReadModelsState> {
    return this.projector.waitFor(sequence, timeoutMs);
  }

  onMoved(listener: () => void): () => void {
    return this.projector.onMoved(listener);
  }

  session(filter: AccessFilter, budget = new ReadBudget()): ReadSession {
    return new ReadSession(this.context, this.options.registry, filter, budget);
  }

  pause(): void {
    this.projector.pause();
  }

  resume(): void {
    this.projector.start();
  }

  retry(): void {
    this.projector.start();
  }

  /** Close it before the log. */
  close(): Promise<void> {
    return (this.closed ??= this.closeAll());
  }

  private async closeAll(): Promise<void> {
    await this.store.close();
    // Its connection is the last: only then can SQLite take its side files away.
    await this.projector.close();
  }
}
