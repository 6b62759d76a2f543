import { parentPort, workerData } from 'node:worker_threads';
import { isOutOfSpace } from '#event-sourcing/log/sqlite/sqlite-error.js';
import { type ProjectionGroup } from '../read-model.js';
import { type FromReader, type ReaderData, type ToReader } from './messages.js';
import { SearchFile } from './search-file.js';
import { searchFileOf } from './search-name.js';
import { StatementRunner } from './statement-runner.js';

/** A reader's thread: whatever may run long, one statement after another, each no longer than its time limit. */

const TOO_LONG = 'the time limit';

const port = parentPort!;
const { file, projections, cancelled } = workerData as ReaderData;
const isCancelled = new Int32Array(cancelled);
let deadline = 0;
const isTimeUp = (): boolean => performance.now() > deadline || Atomics.load(isCancelled, 0) === 1;
const runner = new StatementRunner(file, () => {
  if (isTimeUp()) throw new Error(TOO_LONG);
});
const tell = (message: FromReader): void => port.postMessage(message);

let search: SearchFile | undefined;
let isClosed = false;

port.on('message', (message: ToReader) => {
  if (message === 'close') {
    isClosed = true;
    search?.close();
    runner.close();
    return port.close();
  }
  deadline = performance.now() + message.limitMs;
  void answer(message).then(tell);
});
tell({ ready: true });

async function answer({ sql, parameters, isSearch }: Exclude<ToReader, 'close'>): Promise<FromReader> {
  try {
    if (isSearch) {
      const index = await openSearch();
      while (!index.step()) if (isTimeUp()) return goOn(index);
    }
    const [sequence, rows] = runner.run(sql, parameters);
    return { sequence, rows };
  } catch (error) {
    if (isSearch && isOutOfSpace(error)) return { noSpace: true };
    const cause = error instanceof Error ? error.message : String(error);
    return cause === TOO_LONG ? { late: true } : { error: cause };
  }
}

async function openSearch(): Promise<SearchFile> {
  const { projections: group } = (await import(projections)) as { projections: ProjectionGroup };
  return (search ??= new SearchFile(runner.db, group, searchFileOf(file)));
}

/** Brings the index up to the store between other statements, so that it is there when it is asked for again. */
function goOn(index: SearchFile): FromReader {
  const next = (): void => {
    if (isClosed || Atomics.load(isCancelled, 0) === 1) return;
    try {
      if (!index.step()) setImmediate(next);
    } catch {
      // On a full disk, say: whoever searches next is told why, and others' queries run on here.
    }
  };
  setImmediate(next);
  const { done, of } = index.progress;
  return { indexed: done, of };
}
