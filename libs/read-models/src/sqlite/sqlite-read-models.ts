import { checkGroup } from '../check-group.js';
import {
  beginReadModels,
  type KeptReadModels,
  type ReadEngine,
  type ReadModelsOptions,
} from '../keeping/kept-read-models.js';
import { sqliteDialect } from './dialect.js';
import { SqliteReadStore } from './sqlite-read-store.js';
import { StoreFolder, type StoreFolderOptions } from './store-folder.js';

export interface SqliteEngineOptions extends StoreFolderOptions {
  /** How long a query in a reader thread may take, in milliseconds. Default: 5,000. */
  timeLimitMs?: number;
  /** Reader threads. Default: 1. */
  readerThreads?: number;
}

/** The embedded engine: a file for each store, short reads in this thread, long ones in others. */
export async function sqliteEngine(options: SqliteEngineOptions): Promise<ReadEngine> {
  const { log, group, projections, timeLimitMs = 5_000, readerThreads: threads = 1 } = options;
  checkGroup(group);
  return {
    dialect: sqliteDialect,
    place: new StoreFolder(options, await log.identity()),
    open: (file) =>
      new SqliteReadStore({ file, projections: projections.href, threads, timeLimitMs, mostWaiting: 100 }),
  };
}

export type SqliteReadModelsOptions = Omit<SqliteEngineOptions, 'warn'> & ReadModelsOptions;

/** Opens the embedded read models, and starts to build them if they are not there. Rejects with `ReadStoreCannotOpen`. */
export async function openSqliteReadModels(options: SqliteReadModelsOptions): Promise<KeptReadModels> {
  const { warn = console.error } = options;
  const { readModels, begun } = await beginReadModels(options, await sqliteEngine({ ...options, warn }));
  await begun;
  return readModels;
}
