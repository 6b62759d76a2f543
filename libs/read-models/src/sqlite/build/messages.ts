import { type MessagePort } from 'node:worker_threads';
import { type LogReaderHandle } from '#event-sourcing/log/log-reader.js';
import { type PackedBatch } from '../../build/batches.js';
import { type FoldPlace } from '../../fold.js';

/** What both threads of a build are started with. */
export interface BuildData {
  /** The file that is built; there is none yet. */
  file: string;
  log: LogReaderHandle;
  logId: string;
  /** URL of the compiled module that exports `projections` (a ProjectionGroup) and `registry` (an EventRegistry). */
  projections: string;
  until?: number;
  /** Between the two; transferred. */
  port: MessagePort;
  /** Two Int32: the batches that are committed, or `FAILED`; and 1 once the build is to end. */
  shared: SharedArrayBuffer;
}

export const [COMMITTED, CANCELLED] = [0, 1];
export const FAILED = -1;

/** From the folding thread to the writing one: a batch, the end, or that there will be none. */
export type ToWriter = PackedBatch | { finish: FoldPlace } | 'give up';
