/** What a reader's thread is started with. */
export interface ReaderData {
  /** The read store. */
  file: string;
  /** An Int32 that is 1 when all that runs must end. */
  cancelled: SharedArrayBuffer;
}

/** One statement at a time; or the thread's end, once the statement at hand is done. */
export type ToReader = { sql: string; parameters: unknown[]; limitMs: number } | 'close';

/** That it has started; the row's two columns; what was thrown; or that the time was up. */
export type FromReader =
  { ready: true } | { sequence: number; rows: string | null } | { error: string } | { late: true };
