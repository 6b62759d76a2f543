import { type LogReaderHandle } from '#event-sourcing/log/log-reader.js';
import { type ReadModelsStatus } from '../read-models.js';

/** What a projector's thread is started with. */
export interface ProjectorData {
  /** What its engine finds the read store by. */
  store: unknown;
  /** Its `wake` is transferred. */
  log: LogReaderHandle;
  logId: string;
  /** URL of the compiled module that exports `projections` (a ProjectionGroup) and `registry` (an EventRegistry). */
  projections: string;
}

export type ToProjector = 'start' | 'pause' | 'stop';

/** `refused`: it could not be opened, the thread ends. */
export type FromProjector = { status: ReadModelsStatus } | { refused: string };
