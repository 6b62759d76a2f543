import { parentPort, workerData } from 'node:worker_threads';
import { type ProjectionGroup } from '../../read-model.js';
import { isPassing, storeSentence } from '../store-error.js';
import { type FromBuild } from '../../build/build-messages.js';
import { type BuildData, CANCELLED, COMMITTED, FAILED, type ToWriter } from './messages.js';
import { StoreBuilder } from './store-builder.js';

/** A build's second thread: the only one that writes the new store. */

const { file, logId, projections: module, port, shared } = workerData as BuildData;
const state = new Int32Array(shared);
const tell = (message: FromBuild): void => parentPort!.postMessage(message);

function commit(committed: number): void {
  Atomics.store(state, COMMITTED, committed);
  Atomics.notify(state, COMMITTED);
}

/** The indexes of many rows take a while: a build that is to end makes no further one. */
function indexing(done: number, of: number): void {
  if (Atomics.load(state, CANCELLED) === 1) throw new Error('The build has ended.');
  tell({ indexing: { done, of } });
}

async function run(): Promise<void> {
  const { projections } = (await import(module)) as { projections: ProjectionGroup };
  const builder = new StoreBuilder(file, projections, logId);
  let committed = 0;
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    builder.close();
    port.close();
  };
  // The folding thread has died: nothing more will come.
  port.on('close', end);
  port.on('message', (message: ToWriter) => {
    try {
      if (message === 'give up') return end();
      if ('tables' in message) {
        builder.write(message);
        return commit(++committed);
      }
      builder.finish(message.finish, indexing);
      end();
      tell({ written: true });
    } catch (error) {
      fail(error);
      end();
    }
  });
}

function fail(error: unknown): void {
  tell({ failed: storeSentence(file, error), isPassing: isPassing(error) });
  commit(FAILED);
}

run().catch((error: unknown) => {
  fail(error);
  port.close();
});
