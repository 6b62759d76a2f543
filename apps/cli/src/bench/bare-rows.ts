import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type NewEvent } from '#event-sourcing/log/event-log.js';
import { packageRoot } from '#event-sourcing/package-root.js';

/** What the thread is given. */
export interface BareRows {
  file: string;
  events: readonly NewEvent[];
  /** Rows of each transaction. */
  group: number;
  seconds: number;
}

/** Rows a second that a thread with nothing but SQLite stores, in groups that are synced one by one. */
export async function bareRows(
  folder: string,
  events: readonly NewEvent[],
  group: number,
  seconds: number,
): Promise<number> {
  const workerData: BareRows = { file: join(folder, 'bare.sqlite'), events, group, seconds };
  const worker = new Worker(join(packageRoot, 'dist/apps/cli/src/bench/bare-rows-thread.js'), { workerData });
  const answered = once(worker, 'message') as Promise<[number]>;
  await once(worker, 'exit');
  return (await answered)[0];
}
