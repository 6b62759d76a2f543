import { type AccessFilter } from './access-filter.js';
import { type Lag } from './lag.js';
import { type ReadBudget } from './read-budget.js';
import { type ReadObserver } from './read-observer.js';
import { type ReadSession } from './read-session.js';
import { type ReadModelsState } from './read-models-state.js';

/** Why the projector stands still. */
export interface ProjectionFailure {
  /** The event it stands before; null if it was not an event's doing (a full disk). */
  eventId: string | null;
  sequence: number | null;
  /** A refusal's code, NEWER_SOFTWARE_NEEDED; else null. */
  code: string | null;
  message: string;
}

export interface ReadModelsStatus {
  /**
   * `building`: is rebuilt, or was behind at its start and has not reached where the log stood then; an older store may be served. `paused`: by hand, or before an event
   * that needs newer software. `failed`: a handler or the store threw; what is recorded meanwhile is durable.
   */
  state: 'building' | 'live' | 'paused' | 'failed';
  /** The checkpoint: everything up to it is seen. */
  sequence: number;
  position: string;
  /** RFC 3339: since when it has not been `live`; null while it is. */
  behindSince: string | null;
  failure: ProjectionFailure | null;
  /** Events since the start whose clock was more than a minute behind the log. */
  clockBehind: number;
}

/** How far a store is that is being built: events first, indexes last. */
export interface BuildState {
  /** The last event that has been folded, of how many. */
  events: number;
  of: number;
  /** Until it is done, about; null as long as nobody can tell. */
  secondsLeft: number | null;
}

/** One of the read stores of a group. */
export interface ProjectionStatus {
  /** Its file's name. */
  store: string;
  /** Of the read models that it holds. */
  version: number;
  /** Whether queries read it. */
  serving: boolean;
  /** `kept`: nobody writes it any more; it can be served again. For the others see `ReadModelsStatus`. */
  state: ReadModelsStatus['state'] | 'kept';
  sequence: number;
  position: string;
  behindSince: string | null;
  failure: ProjectionFailure | null;
  /** While it is rebuilt. */
  build: BuildState | null;
  /** Of the log's end. */
  lag: Lag;
}

/** The read models of a group, as the main thread uses them; the projector that writes them runs beside it. */
export interface ReadModels {
  /** Whether it is this process that writes them. */
  readonly isActive: boolean;
  /** The last sequence that is known to be seen. */
  readonly checkpoint: number;
  status(): ReadModelsStatus;
  /** Resolves as soon as the sequence is seen, at once if the projector has failed, and after the time (ms) otherwise. */
  waitFor(sequence: number, timeoutMs: number): Promise<ReadModelsState>;
  /** Calls the listener each time the checkpoint has moved, until what is returned is called. */
  onMoved(listener: () => void): () => void;
  /** Reads for one answer, all at one sequence; `budget` bounds them, together with whatever else is read on it. */
  session(filter: AccessFilter, budget?: ReadBudget, observer?: ReadObserver): ReadSession;
  /** Resolves when they stand still. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Goes on from where a failure stopped it. */
  retry(): Promise<void>;
  /** All stores there are, the one that is followed or built first. */
  projections(): Promise<ProjectionStatus[]>;
  /** Serves the store of this software's version, also if that has not caught up. Refuses with NO_OTHER_STORE if it is served, or not built yet. */
  switchOver(): Promise<void>;
  /** Serves the store that was served before, as it stood when it was left, until `switchOver`. Refuses with NO_OTHER_STORE. */
  rollBack(): Promise<void>;
  close(): Promise<void>;
}

/** A read store that cannot be opened; the message is one sentence with the cause and the remedy. */
export class ReadStoreCannotOpen extends Error {}
