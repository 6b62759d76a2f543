import { type LogReaderHandle } from '#event-sourcing/log/log-reader.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { type RefusedEvent } from './build/build-messages.js';
import { type BuildProgress } from './keeping/store-place.js';
import { type ProjectionGroup } from './read-model.js';
import { type RowDifference } from './row-differences.js';

export interface ReplayOptions {
  /** A server may be running on it. */
  log: LogReaderHandle;
  /** URL of the compiled module that exports `projections` and `registry`, and the two as this thread has them. */
  projections: URL;
  group: ProjectionGroup;
  registry: EventRegistry;
  progress?: (progress: BuildProgress | { rows: number; of: number }) => void;
  /** Called with each row that differs, in order, up to as many as are listed. */
  differs?: (difference: RowDifference) => void;
}

export interface Replayed {
  /** The store that was compared: a file, or a schema. */
  store: string;
  /** Where both stood. */
  sequence: number;
  rows: number;
  /** Rows that differ. */
  different: number;
  /** An event that cannot be applied though the store that was compared stands behind it. */
  refused: RefusedEvent | null;
}
