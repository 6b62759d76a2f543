import { parentPort, workerData } from 'node:worker_threads';
import { type Checkpoint } from '#event-sourcing/log/event-log.js';
import { openLogReader } from '#event-sourcing/log/log-reader.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { type ProjectionGroup } from '../../read-model.js';
import { type BatchSink, type PackedBatch } from '../../build/batches.js';
import { isLogAway } from '../../build/broken-off.js';
import { type FromBuild } from '../../build/build-messages.js';
import { LogFold } from '../../build/log-fold.js';
import { BuildBroken } from '../../build/stored-versions.js';
import { isPassing } from '../store-error.js';
import { type BuildData, CANCELLED, COMMITTED, FAILED, type ToWriter } from './messages.js';
import { FileVersions } from './stored-versions.js';

/** A build's first thread: it reads and folds the log, and hands the writing thread one batch after another. */

/** Batches that may be on their way. */
const ON_THEIR_WAY = 2;

const { file, log: handle, projections: module, until, port, shared } = workerData as BuildData;
const state = new Int32Array(shared);
const tell = (message: FromBuild): void => parentPort!.postMessage(message);
const write = (message: ToWriter, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

class WriterSink implements BatchSink {
  private sent = 0;

  get committed(): number {
    const committed = Atomics.load(state, COMMITTED);
    if (committed === FAILED || Atomics.load(state, CANCELLED) === 1) throw new Error('The build has ended.');
    return committed;
  }

  send(batch: PackedBatch): void {
    for (let committed = this.committed; this.sent - committed >= ON_THEIR_WAY; committed = this.committed) {
      Atomics.wait(state, COMMITTED, committed);
    }
    const buffers = batch.tables.flatMap(({ numbers, lengths, closed }) => [numbers, lengths, closed]);
    write(
      batch,
      buffers.map(({ buffer }) => buffer as ArrayBuffer),
    );
    this.sent++;
  }
}

async function run(): Promise<void> {
  const { projections: group, registry } = (await import(module)) as {
    projections: ProjectionGroup;
    registry: EventRegistry;
  };
  const log = await openLogReader(handle);
  try {
    const progress = ({ sequence, position }: Checkpoint, end: number) =>
      tell({ folding: { sequence, position, until: end } });
    const fold = new LogFold({
      ...{ group, registry, log, until, progress },
      stored: new FileVersions(file),
      sink: new WriterSink(),
    });
    const { place, refused } = await fold.run();
    const event = refused && { sequence: refused.event.sequence!, eventId: refused.event.id, message: refused.message };
    tell({ folded: { place, refused: event } });
    write({ finish: place });
  } finally {
    await log.close();
  }
}

/** What is thrown where something cannot be read back has the cause behind it. */
function failed(error: unknown): FromBuild {
  const cause = error instanceof BuildBroken ? error.cause : error;
  const message = error instanceof Error ? error.message : String(error);
  return { failed: message, isPassing: isLogAway(cause) || isPassing(cause) };
}

run()
  .catch((error: unknown) => {
    // Where the writing thread has failed, it has said why.
    if (Atomics.load(state, COMMITTED) !== FAILED) tell(failed(error));
    write('give up');
  })
  .finally(() => port.close());
