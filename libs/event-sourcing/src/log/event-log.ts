/** A stream's own counter: 0 for its first event. */
export type Revision = number;

/** What an append demands of its stream: this last revision exactly, no stream yet, or nothing (weak, see `append`). */
export type ExpectedRevision = Revision | 'none' | 'any';

/**
 * A place in the log, resumable: everything up to and including `sequence` has been seen.
 * `position` is the engine's own coordinate as text (SQLite: the sequence; EventStoreDB: commit and prepare).
 */
export interface Checkpoint {
  sequence: number;
  position: string;
}

/** Before the first event. */
export const START: Checkpoint = { sequence: 0, position: '' };

/** An event as it is handed to the log: payload and metadata are already their RFC 8785 text, `hash` is over both. */
export interface NewEvent {
  /** UUID, lower case. */
  id: string;
  type: string;
  schemaVersion: number;
  payload: string;
  metadata: string;
  /** SHA-256 of `{"metadata":M,"payload":P}` in lower-case hex. */
  hash: string;
  /** Beside the metadata as columns, so that loading a stream parses payloads only. */
  commandId: string | null;
  commandHash: string | null;
  /** The hash of the event before it in its stream, as its metadata has it. None: the log does not look at what stands there. */
  previousHash?: string;
}

/** An event as it stands in the log. */
export interface StoredEvent extends Omit<NewEvent, 'previousHash'> {
  stream: string;
  revision: Revision;
  /** Ordinal in log order from 1; null where an engine cannot tell (one stream read over EventStoreDB). */
  sequence: number | null;
  position: string;
}

export interface Appended {
  /** The first event's revision; the others follow without gap. */
  firstRevision: Revision;
  lastRevision: Revision;
  /** Per event, in order; `sequence` and `position` are null where only the log itself tells them. */
  events: { id: string; revision: Revision; sequence: number | null; position: string | null }[];
}

/** Sent by `follow` each time it has handed out everything up to the head it saw. */
export interface CaughtUp {
  caughtUp: true;
  head: Checkpoint;
}

/** Streams by prefix and/or types by name; an event must match both where both are given. An empty list matches nothing. */
export interface LogFilter {
  streamPrefixes?: readonly string[];
  types?: readonly string[];
}

export interface ReadStreamOptions {
  /** Inclusive. Backwards: omit to start at the end. */
  from?: Revision;
  direction?: 'forwards' | 'backwards';
  limit?: number;
  /** The caller rarely looks at metadata: an engine may read an event's only when it is asked for, as long as the log is open. */
  lazyMetadata?: boolean;
}

export interface ReadAllOptions {
  /** Exclusive, in both directions; backwards without it starts at the head. */
  after?: Checkpoint;
  direction?: 'forwards' | 'backwards';
  filter?: LogFilter;
  limit?: number;
}

export interface FollowOptions {
  after: Checkpoint;
  filter?: LogFilter;
  signal?: AbortSignal;
}

/** The most bytes one append may carry (payloads and metadata of all its events). */
export const MAX_APPEND_BYTES = 1_048_576;

/** What reading threads and projectors need of a log. */
export interface EventLogReader {
  /** Pages of one stream's events; an unknown stream yields nothing. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<StoredEvent[]>;
  /** Pages in log order. */
  readAll(options?: ReadAllOptions): AsyncIterable<StoredEvent[]>;
  /** The events at these places, in the order asked. Rejects with a RangeError if there is no event at one of them. */
  readEvents(places: readonly Checkpoint[]): Promise<StoredEvent[]>;
  /**
   * Catch-up, then live: no gap and no repeat after `after`. Ends when `signal` aborts, the iterator's `return()` is called
   * or the log is closed. The first `next()` rejects with `CheckpointAhead` if `after` is beyond the head, and with
   * `CheckpointUnknown` where an engine sees that nothing of this log stands there.
   */
  follow(options: FollowOptions): AsyncIterableIterator<StoredEvent[] | CaughtUp>;
  /** The last event's place; `START` in an empty log. */
  head(): Promise<Checkpoint>;
  /** The UUID in the log's first event. */
  identity(): Promise<string>;
  close(): Promise<void>;
}

/**
 * An append-only log of events in streams.
 *
 * `append` resolves only when the events are durable. It rejects with `WrongExpectedRevision`, `AppendTooLarge`,
 * `LogOverloaded` or `LogUnavailable` (and with a TypeError for what no log can hold, see `checkAppend`); nothing of a rejected append is stored (except `LogUnavailable` with `outcomeUnknown`).
 * The same events (ids and hashes, in order) at the same exact or 'none' revision again give the first result; other events
 * there are a conflict, also under the same ids: the same command, recorded by another process at another moment.
 * At an exact revision it is a conflict too if the first event's `previousHash` is not the hash of the event there: what was
 * decided behind an append that failed is never stored behind another writer's.
 * 'any' protects from nothing and is for tools only.
 */
export interface EventLog extends EventLogReader {
  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended>;
}

/** What carrying out commands needs of a log. */
export type CommandLog = Pick<EventLog, 'append' | 'readStream'>;
