import { parentPort, workerData } from 'node:worker_threads';
import { openLogReader } from '#event-sourcing/log/log-reader.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { type ProjectionGroup } from '../read-model.js';
import { type FromProjector, type ProjectorData, type ToProjector } from './messages.js';
import { Projection } from './projection.js';
import { Projector } from './projector.js';
import { openStoreForWriting } from './store-file.js';

/** The projector's thread: it reads the log by a reader of its own and is the only one that writes the read store. */

const port = parentPort!;
const { file, log: handle, logId, projections: module } = workerData as ProjectorData;
const tell = (message: FromProjector): void => port.postMessage(message);

async function run(): Promise<void> {
  const { projections, registry } = (await import(module)) as { projections: ProjectionGroup; registry: EventRegistry };
  const log = await openLogReader(handle);
  // The handler below refers to it: the driver closes a connection that only its statements refer to.
  const db = openStoreForWriting(file, projections, logId);
  const projector = new Projector(log, new Projection(db, projections, registry), {
    file,
    report: (status) => tell({ status }),
  });
  // One after another: a start after a pause waits for the pause.
  let turn = projector.start();
  port.on('message', (message: ToProjector) => {
    turn = turn.then(async () => {
      if (message === 'start') return projector.start();
      if (message === 'pause') return projector.pause();
      await projector.stop();
      await log.close();
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      db.close();
      port.close();
    });
  });
}

run().catch((error: unknown) => {
  tell({ refused: error instanceof Error ? error.message : String(error) });
  port.close();
});
