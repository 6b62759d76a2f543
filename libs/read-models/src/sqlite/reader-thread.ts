import { parentPort, workerData } from 'node:worker_threads';
import { type FromReader, type ReaderData, type ToReader } from './messages.js';
import { StatementRunner } from './statement-runner.js';

/** A reader's thread: whatever may run long, one statement after another, each no longer than its time limit. */

const TOO_LONG = 'the time limit';

const port = parentPort!;
const { file, cancelled } = workerData as ReaderData;
const isCancelled = new Int32Array(cancelled);
let deadline = 0;
const runner = new StatementRunner(file, () => {
  if (performance.now() > deadline || Atomics.load(isCancelled, 0) === 1) throw new Error(TOO_LONG);
});
const tell = (message: FromReader): void => port.postMessage(message);

port.on('message', (message: ToReader) => {
  if (message === 'close') {
    runner.close();
    return port.close();
  }
  deadline = performance.now() + message.limitMs;
  try {
    const [sequence, rows] = runner.run(message.sql, message.parameters);
    tell({ sequence, rows });
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    tell(cause === TOO_LONG ? { late: true } : { error: cause });
  }
});
tell({ ready: true });
