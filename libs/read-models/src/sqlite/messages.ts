/** What a reader's thread is started with. */
export interface ReaderData {
  /** The read store. */
  file: string;
  /** URL of the compiled module that exports `projections`: imported when a text is searched for the first time. */
  projections: string;
  /** An Int32 that is 1 when all that runs must end. */
  cancelled: SharedArrayBuffer;
}

/** One statement at a time; or the thread's end, once the statement at hand is done. */
export type ToReader = { sql: string; parameters: unknown[]; limitMs: number; isSearch: boolean } | 'close';

/**
 * That it has started; the row's two columns; what was thrown; that a search's index has no space; that the time was up, perhaps
 * while that index was made.
 */
export type FromReader =
  | { ready: true }
  | { sequence: number; rows: string | null }
  | { error: string }
  | { noSpace: true }
  | { late: true }
  | { indexed: number; of: number };
