import { runProjector } from '../projecting/run-projector.js';
import { PostgresProjection } from './projection.js';
import { cannotOpen, faultsOf, isPassing } from './store-error.js';

/** The thread of a projector whose read store is a schema of a PostgreSQL database. */
runProjector(async (store: { url: string; schema: string }, group, registry, logId) => {
  const projection = new PostgresProjection(store, group, registry, logId);
  try {
    await projection.reopen();
  } catch (error) {
    await projection.close().catch(() => undefined);
    throw cannotOpen(store.url, error);
  }
  const close = (): Promise<void> => projection.close();
  return { projection, faults: faultsOf(store.url), close, giveUp: () => void close().catch(() => undefined) };
}, isPassing);
