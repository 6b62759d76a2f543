import { parentPort, workerData } from 'node:worker_threads';
import { type FromReader, type ToReader } from './messages.js';
import { StatementRunner } from './statement-runner.js';

/** A reader's thread: whatever may run long, one statement after another. It is ended from outside. */

const port = parentPort!;
const { file } = workerData as { file: string };
const runner = new StatementRunner(file);
const tell = (message: FromReader): void => port.postMessage(message);

port.on('message', ({ sql, parameters }: ToReader) => {
  try {
    const [sequence, rows] = runner.run(sql, parameters);
    tell({ sequence, rows });
  } catch (error) {
    tell({ error: error instanceof Error ? error.message : String(error) });
  }
});
