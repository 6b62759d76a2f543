import { type LogReaderHandle } from '#event-sourcing/log/log-reader.js';
import { beginReadModels, type KeptReadModels, type ReadModelsOptions } from '../keeping/kept-read-models.js';
import { sqliteDialect } from './dialect.js';
import { checkGroup } from '../check-group.js';
import { SqliteReadStore } from './sqlite-read-store.js';
import { StoreFolder } from './store-folder.js';

export interface SqliteReadModelsOptions extends ReadModelsOptions {
  /** Holds the store's file, `read-<version>.sqlite`. */
  folder: string;
  /** What the projector's thread opens a reader of the same log with; called for each thread that is started. */
  logHandle: () => LogReaderHandle;
  /** URL of the compiled module that exports `projections` and `registry`: the projector's thread imports it. */
  projections: URL;
  /** How long a query in a reader thread may take, in milliseconds. Default: 5,000. */
  timeLimitMs?: number;
  /** Reader threads. Default: 1. */
  readerThreads?: number;
}

/** Opens the embedded read models, and starts to build them if they are not there. Rejects with `ReadStoreCannotOpen`. */
export async function openSqliteReadModels(options: SqliteReadModelsOptions): Promise<KeptReadModels> {
  const { readModels, begun } = await beginSqliteReadModels(options);
  await begun;
  return readModels;
}

/** The same for a caller that has other things to do while the projector's thread starts: see `beginReadModels`. */
export async function beginSqliteReadModels(
  options: SqliteReadModelsOptions,
): Promise<{ readModels: KeptReadModels; begun: Promise<void> }> {
  const { log, group, timeLimitMs = 5_000, readerThreads: threads = 1, warn = console.error } = options;
  checkGroup(group);
  return beginReadModels(options, {
    dialect: sqliteDialect,
    place: new StoreFolder({ ...options, warn }, await log.identity()),
    open: (file) => new SqliteReadStore({ file, threads, timeLimitMs, mostWaiting: 100 }),
  });
}
