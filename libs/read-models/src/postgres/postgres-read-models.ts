import { checkGroup } from '../check-group.js';
import { type ReadEngine } from '../keeping/kept-read-models.js';
import { postgresDialect } from './dialect.js';
import { PostgresReadStore } from './postgres-read-store.js';
import { SharedReadModels, type SharedReadModelsOptions } from './shared-read-models.js';
import { StoreDatabase, type StoreDatabaseOptions } from './store-database.js';

export interface PostgresEngineOptions extends StoreDatabaseOptions {
  /** How long a query may take, in milliseconds. Default: 5,000. */
  timeLimitMs?: number;
}

/**
 * The engine that keeps read models in a PostgreSQL database, a schema `caseledger_read_<version>` for each store. Rejects
 * with `ReadStoreCannotOpen` where they cannot be kept there.
 */
export async function postgresEngine(options: PostgresEngineOptions): Promise<ReadEngine> {
  const { url, group, timeLimitMs = 5_000 } = options;
  checkGroup(group);
  return {
    dialect: postgresDialect,
    place: await StoreDatabase.open(options),
    open: (schema) => new PostgresReadStore({ url, schema, group, timeLimitMs }),
  };
}

export type PostgresReadModelsOptions = Omit<PostgresEngineOptions, 'warn'> & SharedReadModelsOptions;

/** Opens the read models in a database, and starts to build them if they are not there. Rejects with `ReadStoreCannotOpen`. */
export async function openPostgresReadModels(options: PostgresReadModelsOptions): Promise<SharedReadModels> {
  const { url, warn = console.error } = options;
  const engine = await postgresEngine({ ...options, warn });
  const { readModels, begun } = await SharedReadModels.begin(url, engine, { ...options, warn });
  await begun;
  return readModels;
}
