import { setTimeout as delay } from 'node:timers/promises';
import { KeptAccess, type KeptAccessOptions } from './kept-access.js';
import { type ServedStore } from './served-store.js';
import { type KeptStore } from './store-place.js';

/** How long to wait before a store is served again whose place could not be reached, in milliseconds. */
const KEEP_AGAIN = 1_000;

export interface KeptServingOptions extends KeptAccessOptions {
  served: ServedStore;
  warn: (message: string) => void;
}

/** Serves a store as it was left, while access in it is kept current. */
export class KeptServing {
  /** What is served instead of what is followed, as soon as it can be. */
  kept: KeptStore | null = null;
  /** Keeps access in it current. */
  private access: KeptAccess | null = null;
  private ended: Promise<void> | undefined;
  /** Until what is kept is served, or cannot be. */
  private keeping = Promise.resolve();
  /** It cannot be reached, of which somebody was told. */
  private isAway = false;
  private closing = false;

  constructor(
    private readonly options: KeptServingOptions,
    private readonly changed: () => void,
  ) {}

  /**
   * Serves it as soon as it is current who may see what in it. Rejects where that cannot be and another store is served. Whoever
   * asks meanwhile waits for the same.
   */
  keep(kept: KeptStore | undefined): Promise<void> {
    if (!kept) return Promise.resolve();
    if (!this.access || this.kept?.store !== kept.store) this.keeping = this.begin(kept);
    return this.keeping;
  }

  private async begin(kept: KeptStore): Promise<void> {
    const { served } = this.options;
    const isServed = served.store === kept.store;
    this.kept = kept;
    const isItsTurn = (): boolean => this.access === access && !this.closing;
    const isOtherServed = (): boolean => served.store !== null && served.store !== kept.store;
    const before = this.access;
    const access = (this.access = new KeptAccess(kept, this.options, (error) => {
      if (isItsTurn() && !isOtherServed()) this.stopped(kept, access, error);
    }));
    await before?.end();
    try {
      await access.current;
    } catch (error) {
      if (isItsTurn() && isOtherServed()) throw error;
    }
    if (!isItsTurn() || !access.isCurrent) return;
    this.isAway = false;
    if (!isServed) served.serve(kept.store);
    this.changed();
  }

  /** Something else is served. */
  release(): void {
    this.ended = this.access?.end();
    this.access = null;
    this.kept = null;
  }

  /** Resolves when it has let go of the store. */
  async close(): Promise<void> {
    this.closing = true;
    await Promise.all([this.access?.end(), this.ended]);
  }

  /** A warning for a store that cannot be read after all. */
  readonly cannotServe = (error: unknown): void => this.options.warn(`A read store cannot be served: ${String(error)}`);

  /** Whoever may see what in it cannot be kept current. */
  private stopped(kept: KeptStore, access: KeptAccess, error: unknown): void {
    const { served, warn, place } = this.options;
    served.stop();
    if (!this.isAway)
      warn(`The earlier read store ${place.label(kept.store)} is not served any more: ${String(error)}`);
    this.isAway = true;
    this.changed();
    if (place.isPassing(error)) this.keepLater(kept, access).catch(this.cannotServe);
    // Whoever asks for it again has it tried again.
    else this.access = null;
  }

  private async keepLater(kept: KeptStore, before: KeptAccess): Promise<void> {
    await delay(KEEP_AGAIN, undefined, { ref: false });
    if (this.access !== before || this.closing) return;
    this.access = null;
    await this.keep(kept);
  }
}
