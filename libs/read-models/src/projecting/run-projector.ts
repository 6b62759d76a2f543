import { parentPort, workerData } from 'node:worker_threads';
import { loadRemoteReader, openLogReader } from '#event-sourcing/log/log-reader.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { isLogAway } from '../build/broken-off.js';
import { type ProjectionGroup } from '../read-model.js';
import { type ReadModelsStatus } from '../read-models.js';
import { type FromProjector, type ProjectorData, type ProjectorWork, type ToProjector } from './messages.js';
import { type ProjectedStore, type StoreFaults } from './projected-store.js';
import { Projector } from './projector.js';

/** How long the batch at hand is waited for at the end, in milliseconds: a database may not answer any more. */
const LAST_BATCH_MS = 5_000;

/** What a projector's thread works on, as its engine opens it. */
export interface OpenedStore {
  projection: ProjectedStore;
  faults: StoreFaults;
  close(): Promise<void> | void;
  /** Breaks off a batch that a server elsewhere does not answer; whoever goes on writes it. */
  giveUp?(): void;
}

/** Opens the store. Throws `ReadStoreCannotOpen`. */
export type OpenStore<S> = (
  store: S,
  group: ProjectionGroup,
  registry: EventRegistry,
  logId: string,
) => Promise<OpenedStore> | OpenedStore;

/**
 * A projector's thread: it reads the log by a reader of its own and is the only one that writes the read store. It loads what
 * it needs at once, and works when it is told on what. `isPassing` says of what opening threw that it can succeed when tried again.
 */
export function runProjector<S>(open: OpenStore<S>, isPassing: StoreFaults['isPassing']): void {
  const port = parentPort!;
  const tell = (message: FromProjector): void => port.postMessage(message);
  const loaded = load(workerData as ProjectorData);
  // Told to whoever gives it work.
  loaded.catch(() => undefined);
  const begin = async ({ store, log: handle, logId }: ProjectorWork) => {
    const { projections, registry } = await loaded;
    const log = await openLogReader(handle);
    try {
      const opened = await open(store as S, projections, registry, logId);
      const { projection, faults } = opened;
      const report = (status: ReadModelsStatus): void => tell({ status });
      return { log, opened, projector: new Projector(log, projection, { faults, report }) };
    } catch (error) {
      // Left open, it would keep the thread. What is told is why the store cannot be opened.
      await log.close().catch(() => undefined);
      throw error;
    }
  };
  const refuse = (error: unknown): undefined => {
    const causes = [error, (error as Partial<Error> | null)?.cause];
    const passes = causes.some((cause) => isLogAway(cause) || isPassing(cause));
    tell({ refused: error instanceof Error ? error.message : String(error), isPassing: passes });
    port.close();
  };
  // Refers to what is open: a driver may close a connection that nothing else refers to.
  let running: Awaited<ReturnType<typeof begin>> | undefined;
  let isEnding = false;
  const take = async (message: ToProjector): Promise<void> => {
    if (typeof message === 'object') running = await begin(message).catch(refuse);
    const isToGoOn = typeof message === 'object' || message === 'start';
    if (isToGoOn) return isEnding ? undefined : running?.projector.start();
    if (message === 'pause') return running?.projector.pause();
    const late = setTimeout(() => running?.opened.giveUp?.(), LAST_BATCH_MS);
    await running?.projector.stop();
    clearTimeout(late);
    await running?.log.close();
    await running?.opened.close();
    port.close();
  };
  // One after another: a start after a pause waits for the pause.
  let turn = Promise.resolve();
  port.on('message', (message: ToProjector) => {
    if (message === 'stop') {
      isEnding = true;
      running?.projector.end();
    }
    turn = turn.then(() => take(message));
  });
}

interface Loaded {
  projections: ProjectionGroup;
  registry: EventRegistry;
}

async function load({ projections, isRemote }: ProjectorData): Promise<Loaded> {
  const module = import(projections) as Promise<Loaded>;
  const [loaded] = await Promise.all([module, isRemote && loadRemoteReader()]);
  return loaded;
}
