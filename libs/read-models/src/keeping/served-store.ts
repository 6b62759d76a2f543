import { refuse } from '#event-sourcing/refusal.js';
import { closing } from '../query-refusals.js';
import { type Answer, type Effort, type Query, type ReadStore } from '../read-store.js';

/** A store that is open for reading. */
export interface OpenReadStore extends ReadStore {
  /** Closes it when what runs and waits has been answered; nothing more is asked of it. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** Reads of whichever store is served at the moment; it can be changed between two of them. */
export class ServedStore implements ReadStore {
  /** What is served; null while there is none. */
  store: string | null = null;
  private current: OpenReadStore | null = null;
  /** Stores that come to their end while what runs on them is answered. */
  private readonly leaving = new Set<Promise<void>>();
  private isClosed = false;

  constructor(
    private readonly open: (store: string) => OpenReadStore,
    /** Why there is none, and until when. */
    private readonly missing: () => string,
  ) {}

  /** From the next read on this store is read. Throws `ReadStoreCannotOpen`; then nothing has changed. Nothing changes at the end. */
  serve(store: string): void {
    // It would be left open.
    if (this.isClosed) return;
    const opened = this.open(store);
    this.stop();
    this.current = opened;
    this.store = store;
  }

  /** From the next read on there is no store. */
  stop(): void {
    const before = this.current;
    this.current = null;
    this.store = null;
    if (!before) return;
    const left = before.leave().finally(() => this.leaving.delete(left));
    this.leaving.add(left);
  }

  /** Refuses with UNAVAILABLE while there is no store, and at the end. */
  run(query: Query, effort: Effort): Promise<Answer> {
    if (this.isClosed) throw closing();
    if (!this.current) refuse('UNAVAILABLE', this.missing());
    return this.current.run(query, effort);
  }

  /** Resolves when nothing is read any more from stores that were served before. */
  async left(): Promise<void> {
    await Promise.all(this.leaving);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.current?.close();
    await this.left();
  }
}
