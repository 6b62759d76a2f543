import { projections, registry } from '#investigation/projections.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { beginReadModels } from '#read-models/keeping/kept-read-models.js';
import { type SeenStores } from '#read-models/keeping/recorded-head.js';
import { type ReadModels } from '#read-models/read-models.js';
import { sqliteEngine } from '#read-models/sqlite/sqlite-read-models.js';
import { type Config } from './config.js';
import { rolesOf } from './roles.js';
import { type ServerLog } from './open-log.js';

/** What keeps the read models that READ_STORE names. */
export interface ServerReadEngine {
  /** The stores that are there, for what they have seen of the log. */
  stores: SeenStores;
  /** Opens the read models; `begun` must be awaited, and rejects with everything closed. */
  begin(): Promise<{ readModels: ReadModels; begun: Promise<void> }>;
}

/** Rejects with `ReadStoreCannotOpen`. */
export async function openReadEngine(
  config: Config,
  log: ServerLog,
  warn: (message: string) => void,
): Promise<ServerReadEngine> {
  const { DATA_DIR: folder, READ_STORE: url, READ_WAIT_MS: readWaitMs } = config;
  const options = {
    ...{ log, warn, registry, group: projections, projections: projectionsModule(), readWaitMs },
    logHandle: () => log.readerHandle(),
  };
  if (url === 'sqlite:') {
    const engine = await sqliteEngine({ ...options, folder });
    return { stores: engine.place, begin: () => beginReadModels(options, engine) };
  }
  // Its driver is loaded only where it is used.
  const { postgresEngine } = await import('#read-models/postgres/postgres-read-models.js');
  const { SharedReadModels } = await import('#read-models/postgres/shared-read-models.js');
  const engine = await postgresEngine({ ...options, url });
  const writes = rolesOf(config).has('projections');
  return { stores: engine.place, begin: () => SharedReadModels.begin(url, engine, { ...options, writes }) };
}
