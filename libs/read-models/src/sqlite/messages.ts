import { type SqliteReaderHandle } from '#event-sourcing/log/sqlite/reader.js';
import { type ReadModelsStatus } from '../read-models.js';

/** What the projector's thread is started with. */
export interface ProjectorData {
  /** The read store. */
  file: string;
  /** Its `wake` is transferred. */
  log: SqliteReaderHandle;
  logId: string;
  /** URL of the compiled module that exports `projections` (a ProjectionGroup) and `registry` (an EventRegistry). */
  projections: string;
}

export type ToProjector = 'start' | 'pause' | 'stop';

/** `refused`: it could not be opened, the thread ends. */
export type FromProjector = { status: ReadModelsStatus } | { refused: string };

/** One statement at a time; the answer is the row's two columns, or what was thrown. */
export interface ToReader {
  sql: string;
  parameters: unknown[];
}

export type FromReader = { sequence: number; rows: string | null } | { error: string };
