import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { type LogReaderHandle } from '#event-sourcing/log/log-reader.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { type RefusedEvent } from './build/build-messages.js';
import { logStands, type StoreEnd } from './keeping/store-end.js';
import { type BuildProgress } from './keeping/store-place.js';
import { type ProjectionGroup } from './read-model.js';
import { ReadStoreCannotOpen } from './read-models.js';
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

/**
 * The sequence until which a store is compared. Rejects with `ReadStoreCannotOpen` where it is another log's, or has seen
 * what the log does not hold: then it is all that shows what the log lacks, and no rebuild can be compared with it.
 */
export async function comparedUntil(store: string, end: StoreEnd, log: EventLogReader): Promise<number> {
  const logId = await log.identity();
  if (end.logId !== logId) {
    throw new ReadStoreCannotOpen(
      `The read store ${store} was built from another log (${end.logId}; this one is ${logId}).`,
    );
  }
  const stands = await logStands(store, end, log);
  if (stands === null || typeof stands === 'string') return end.sequence;
  throw new ReadStoreCannotOpen(
    `The log is older than what was recorded: ${stands.knowsMore}. Put the newer log back, and keep the read store: it is what shows that the log lacks something.`,
  );
}
