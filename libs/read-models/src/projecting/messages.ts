import { type LogReaderHandle } from '#event-sourcing/log/log-reader.js';
import { type ReadModelsStatus } from '../read-models.js';

/** What a projector's thread loads when it starts, before it is told what to work on. */
export interface ProjectorData {
  /** URL of the compiled module that exports `projections` (a ProjectionGroup) and `registry` (an EventRegistry). */
  projections: string;
  /** The log is a server's, which takes a client. */
  isRemote: boolean;
}

/** What it works on: told once, before anything else. */
export interface ProjectorWork {
  /** What its engine finds the read store by. */
  store: unknown;
  /** Its `wake` is transferred. */
  log: LogReaderHandle;
  logId: string;
}

export type ToProjector = ProjectorWork | 'start' | 'pause' | 'stop';

/** `refused`: it could not be opened, the thread ends; `isPassing`: tried again, it may be. */
export type FromProjector = { status: ReadModelsStatus } | { refused: string; isPassing: boolean };
