import { type Checkpoint } from '#event-sourcing/log/event-log.js';
import { type AccessChange } from '../access-changes.js';
import { type RefusedEvent } from '../build/build-messages.js';
import { type FoldPlace } from '../fold.js';
import { type ReadModelsStatus } from '../read-models.js';
import { type ReadModelsState } from '../read-models-state.js';

/** A read store by its name. */
export interface StoreName {
  /** What its engine finds it by: a file, a schema. */
  store: string;
  version: number;
  /** Of that version: one more for each that was rebuilt beside another. */
  generation: number;
}

/** A store that nobody writes any more, as it stood when it was left. */
export interface KeptStore extends StoreName {
  checkpoint: Checkpoint;
}

/** How far a build is: events first, the last of which stands at `position`, indexes last. */
export type BuildProgress = { events: number; position: string; of: number } | { indexes: number; of: number };

export interface BuildOptions {
  /** Up to exactly this sequence; omitted: to the log's end or near it, for following to do the rest. */
  until?: number;
  progress?: (progress: BuildProgress) => void;
  /** Ends the build; nothing is left of it. */
  signal?: AbortSignal;
}

export interface Rebuilt {
  place: FoldPlace;
  /** The event it stopped before, as following would. */
  refused: RefusedEvent | null;
}

/** A store that is followed: its projector, as the main thread sees it. */
export interface FollowedStore {
  readonly status: ReadModelsStatus;
  waitFor(sequence: number, timeoutMs: number): Promise<ReadModelsState>;
  /** Resolves when it stands still. */
  pause(): Promise<void>;
  /** Goes on after a pause or failure. Resolves when it does. */
  start(): Promise<void>;
  /** Resolves when the batch at hand is written and the store is let go. */
  close(): Promise<void>;
}

/** The tables of a kept store that tell who may see what; they alone are written in it. */
export interface AccessStore {
  begin(): Promise<void> | void;
  /**
   * Takes back the grants of events after this sequence, which were written while the store was served as it was left; whoever
   * goes on from there writes them again. Walls have no past: they end up the same when they are written again.
   */
  asOf(sequence: number): Promise<void> | void;
  /** What an event of a stream does; nothing where the store does not know the stream. */
  apply(changes: readonly AccessChange[], stream: string, sequence: number): Promise<void> | void;
  commit(): Promise<void> | void;
  /** Rolls back what is not committed. */
  close(): Promise<void> | void;
  /** Breaks off what a server elsewhere does not answer. */
  giveUp?(): void;
}

/** Where an engine keeps read stores: a folder, a database. What a `StoreKeeper` needs of it. */
export interface StorePlace {
  /** Those there are, the newest version and generation first. */
  find(): Promise<StoreName[]>;
  /** What the store of a version is found by. */
  nameOf(version: number, generation: number): string;
  /** For a person. */
  label(store: string): string;
  /**
   * How far the store is; made where there is none. Where it is to be followed from there, what was written of access while it
   * was served as it was left is taken back. Rejects with `ReadStoreCannotOpen` where it cannot be used.
   */
  checked(store: string, isFollowed: (from: Checkpoint) => boolean): Promise<Checkpoint>;
  /** The store as this software can read it; null where it cannot: see `readableSince`. `head` is the log's. */
  kept(name: StoreName, head: number): Promise<KeptStore | null>;
  /** How far a store is; the start where it cannot be read. */
  checkpoint(store: string): Promise<Checkpoint>;
  remove(store: string): Promise<void>;
  /** Throws away what a build that was broken off has left behind. Only for the place's owner. */
  removeUnfinished(): Promise<void>;
  /** The store that an administrator went back to, which holds over restarts; null if there is none. */
  pinned(): Promise<string | null>;
  pin(store: string | null): Promise<void>;
  /** Builds a store from the log; it is there when it is whole, and not before. */
  build(store: string, options: BuildOptions): Promise<Rebuilt>;
  /** Starts the projector of a store; `changed` is told each status. Rejects with `ReadStoreCannotOpen`. */
  follow(store: string, from: Checkpoint, changed: (status: ReadModelsStatus) => void): Promise<FollowedStore>;
  /** Makes ready what `follow` will start: whoever stands by takes over the sooner. Called again, it does nothing. */
  prepare?(): void;
  access(store: string): Promise<AccessStore>;
  /** What was thrown has nothing to do with what was asked: it can succeed when tried again. */
  isPassing(error: unknown): boolean;
  /** Lets go of the place. */
  close(): Promise<void>;
}
