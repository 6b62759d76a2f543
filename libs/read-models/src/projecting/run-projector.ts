import { parentPort, workerData } from 'node:worker_threads';
import { openLogReader } from '#event-sourcing/log/log-reader.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { type ProjectionGroup } from '../read-model.js';
import { type FromProjector, type ProjectorData, type ToProjector } from './messages.js';
import { type ProjectedStore, type StoreFaults } from './projected-store.js';
import { Projector } from './projector.js';

/** What a projector's thread works on, as its engine opens it. */
export interface OpenedStore {
  projection: ProjectedStore;
  faults: StoreFaults;
  close(): Promise<void> | void;
}

/** Opens the store. Throws `ReadStoreCannotOpen`. */
export type OpenStore<S> = (
  store: S,
  group: ProjectionGroup,
  registry: EventRegistry,
  logId: string,
) => Promise<OpenedStore> | OpenedStore;

/** A projector's thread: it reads the log by a reader of its own and is the only one that writes the read store. */
export function runProjector<S>(open: OpenStore<S>): void {
  const port = parentPort!;
  const tell = (message: FromProjector): void => port.postMessage(message);
  run(open, tell).catch((error: unknown) => {
    tell({ refused: error instanceof Error ? error.message : String(error) });
    port.close();
  });
}

async function run<S>(open: OpenStore<S>, tell: (message: FromProjector) => void): Promise<void> {
  const { store, log: handle, logId, projections: module } = workerData as ProjectorData;
  const { projections, registry } = (await import(module)) as { projections: ProjectionGroup; registry: EventRegistry };
  const log = await openLogReader(handle);
  // The handler below refers to it: a driver may close a connection that nothing else refers to.
  const opened = await open(store as S, projections, registry, logId);
  const projector = new Projector(log, opened.projection, {
    faults: opened.faults,
    report: (status) => tell({ status }),
  });
  // One after another: a start after a pause waits for the pause.
  let turn = projector.start();
  parentPort!.on('message', (message: ToProjector) => {
    turn = turn.then(async () => {
      if (message === 'start') return projector.start();
      if (message === 'pause') return projector.pause();
      await projector.stop();
      await log.close();
      await opened.close();
      parentPort!.close();
    });
  });
}
