import { type Checkpoint, type StoredEvent } from '#event-sourcing/log/event-log.js';

/** A read store as its projector writes it. */
export interface ProjectedStore {
  /** Everything up to here has been applied. */
  readonly checkpoint: Checkpoint;
  /** Events whose clock was far behind the log. */
  readonly clockBehind: number;
  /**
   * Before following begins or goes on: finds out where the store stands, where it can have moved without this one's doing.
   * `lost` is called if it can have moved again while nothing was written.
   */
  reopen?(lost: () => void): Promise<void>;
  /**
   * Applies what is new among events in log order. Throws `EventNotApplied` for one that cannot be, with all before it
   * applied, and whatever the store throws, with nothing applied.
   */
  apply(events: readonly StoredEvent[]): Promise<void> | void;
}

/** What an engine's errors mean. */
export interface StoreFaults {
  /** It can succeed when tried again. */
  isPassing(error: unknown): boolean;
  /** One sentence: what is wrong with the store, and what to do. */
  sentence(error: unknown): string;
}
