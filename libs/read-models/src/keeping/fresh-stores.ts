import { setTimeout as delay } from 'node:timers/promises';
import { type Checkpoint } from '#event-sourcing/log/event-log.js';
import { Building } from './building.js';
import { type StorePlace } from './store-place.js';
import { type Stores } from './stores.js';

/** How long to wait before a build is begun again that was broken off as what it needs could not be reached, in milliseconds. */
const BUILD_AGAIN = 1_000;

export interface FreshStoresOptions {
  place: StorePlace;
  warn: (message: string) => void;
  stored: Stores;
  /** Called once a store is whole; it is on its way until that resolves. */
  built: (store: string, end: Checkpoint) => Promise<void>;
  /** Called when a build has come to its end, whichever. */
  changed: () => void;
}

/** Builds fresh stores beside those there are, one at a time. */
export class FreshStores {
  /** What is on its way. */
  building: Building | null = null;
  /** What a build needs cannot be reached, of which somebody was told. */
  private isAway = false;
  /** How often what is built was ended: what was about to begin does not begin any more. */
  private ends = 0;

  constructor(private readonly options: FreshStoresOptions) {}

  /**
   * Begins one, in place of one that has stopped. Resolves as soon as it runs, or as another was begun or all was ended meanwhile.
   * Rejects where it cannot be found out what there is: then nothing has changed.
   * @param begins called just before it begins
   */
  async build(begins: () => void = () => undefined): Promise<void> {
    const { place, warn, stored, built, changed } = this.options;
    const { building: before, ends } = this;
    const store = await stored.toBuild();
    await before?.end();
    if (this.building !== before || this.ends !== ends) return;
    begins();
    const building = (this.building = Building.begin(
      store,
      (options) => place.build(store, options),
      async ({ place: end }) => {
        await built(store, end);
        if (this.building === building) this.building = null;
        this.isAway = false;
        changed();
      },
      () => {
        const { failure, error } = building;
        const isAgain = failure !== null && place.isPassing(error);
        if (failure && !this.isAway) warn(`The read models cannot be rebuilt: ${failure.message}`);
        this.isAway = isAgain;
        changed();
        if (isAgain) void this.buildLater(building);
      },
    ));
  }

  /** Resolves when nothing is built any more. */
  async end(): Promise<void> {
    this.ends++;
    await this.building?.end();
  }

  /** The place of the store, or the log, could not be reached for a while: the build begins again, also where that fails again. */
  private async buildLater(before: Building): Promise<void> {
    for (;;) {
      await delay(BUILD_AGAIN, undefined, { ref: false });
      if (this.building !== before || before.isPaused) return;
      try {
        return await this.build();
      } catch {
        // It cannot even be found out what there is.
      }
    }
  }
}
