import { type MessagePort } from 'node:worker_threads';
import { type LogReaderHandle } from '#event-sourcing/log/log-reader.js';
import { type FoldPlace } from '../../fold.js';
import { type PackedBatch } from './batches.js';

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

/** An event that a build stopped before. */
export interface RefusedEvent {
  sequence: number;
  eventId: string;
  message: string;
}

/** From either thread to whoever builds; the last one of each is `folded` and `written`, or `failed`. */
export type FromBuild =
  | { folding: { sequence: number; until: number } }
  | { indexing: { done: number; of: number } }
  | { folded: { place: FoldPlace; refused: RefusedEvent | null } }
  | { written: true }
  | { failed: string };
