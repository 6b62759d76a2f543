import { type Checkpoint, START } from '#event-sourcing/log/event-log.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type BuildState, type ReadModelsStatus } from '../read-models.js';
import { type ReadModelsState } from '../read-models-state.js';
import { hasCaughtUp } from './caught-up.js';
import { isFarBehind } from './far-behind.js';
import { FreshStores } from './fresh-stores.js';
import { KeptServing, type KeptServingOptions } from './kept-serving.js';
import { Moves } from './moves.js';
import { removeStores } from './removing.js';
import { Shared } from './shared.js';
import { type FollowedStore, type KeptStore } from './store-place.js';
import { Stores } from './stores.js';
import { leftStatus, storesStatus, type StoreStatus } from './stores-status.js';

export interface StoreKeeperOptions extends KeptServingOptions {
  /** A store that lags by more events than these, and by more than a sixth of the log, is rebuilt beside. */
  rebuildBeyond: number;
}

/**
 * Keeps the stores of one place: one is followed or built, and one is served. They are the same one but while a store of
 * another version, or one far behind, is served until its successor has caught up; and after a roll-back.
 */
export class StoreKeeper {
  private readonly stored: Stores;
  /** Resolves when this version's own store is followed, or is built beside. Rejects with `ReadStoreCannotOpen`. */
  begun = Promise.resolve();
  private followed: { store: string; projector: FollowedStore } | null = null;
  private readonly fresh: FreshStores;
  private readonly left: KeptServing;
  private pinnedSince: string | null = null;
  private readonly since = new Date().toISOString();
  private readonly changes = new Moves();
  private closing = false;
  private readonly resuming = new Shared();
  private readonly rollingBack = new Shared();

  constructor(private readonly options: StoreKeeperOptions) {
    const changed = (): void => this.changes.tell();
    this.stored = new Stores(options.place, options.group);
    this.left = new KeptServing(options, changed);
    const built = async (store: string, end: Checkpoint): Promise<void> => {
      await this.follow(store, end);
      // Before an event that cannot be applied it never takes over, and each further build would add one.
      if (store !== this.served) this.remove(() => this.stored.passedOver(store, this.left.kept?.store));
    };
    this.fresh = new FreshStores({ place: options.place, warn: options.warn, stored: this.stored, built, changed });
  }

  /** Finds the stores and begins: see `begun`. Rejects with `ReadStoreCannotOpen` where this version's own cannot be used. */
  async open(): Promise<void> {
    const { place, log, rebuildBeyond } = this.options;
    await place.removeUnfinished();
    const { sequence: head } = await log.head();
    const own = await this.stored.own();
    // One far behind may be what others read at this moment.
    const isFollowed = ({ sequence }: Checkpoint): boolean => !isFarBehind(sequence, head, rebuildBeyond);
    const checkpoint = own ? await place.checked(own.store, isFollowed) : START;
    const isLeft = !isFollowed(checkpoint);
    // A store that is followed is none that was left.
    const mayBePinned = ({ store }: KeptStore): boolean => isLeft || store !== own?.store;
    const pinnedStore = await place.pinned();
    // Whether a store can be read takes a while to find out.
    const kept = own && !isLeft && pinnedStore === null ? [] : await this.stored.kept(head);
    const pinned = kept.find((one) => one.store === pinnedStore && mayBePinned(one));
    if (pinned) this.pinnedSince = this.since;
    else if (pinnedStore !== null) await place.pin(null);
    if (isLeft) {
      this.begun = this.left.keep(pinned ?? (own ? { ...own, checkpoint } : kept[0]));
      await this.fresh.build();
      return;
    }
    const store = own?.store ?? this.stored.first();
    if (!own) await place.checked(store, isFollowed);
    const other = pinned ?? (own ? undefined : kept[0]);
    this.begun = Promise.all([this.left.keep(other), this.follow(store, checkpoint)]).then(() => undefined);
  }

  status(): ReadModelsStatus {
    const { followed } = this;
    const behind = followed?.projector.status;
    if (behind && followed?.store === this.served) return behind;
    const { fresh, left, pinnedSince, since } = this;
    return leftStatus({ behind, building: fresh.building, left: left.kept?.checkpoint, pinnedSince, since });
  }

  /** The store that is served; null while there is none. */
  get served(): string | null {
    return this.options.served.store;
  }

  /** How far a build is, if there is one. */
  get buildState(): BuildState | null {
    return this.fresh.building?.state ?? null;
  }

  stores(): Promise<StoreStatus[]> {
    const { followed, since, options, fresh } = this;
    const { place, group } = options;
    return storesStatus({
      ...{ place, version: group.version, since, building: fresh.building },
      followed: followed && { store: followed.store, status: followed.projector.status },
      served: this.served,
    });
  }

  /** As `ReadModels.waitFor`: of what is served. */
  async waitFor(sequence: number, timeoutMs: number): Promise<ReadModelsState> {
    const { followed } = this;
    if (followed && followed.store === this.served) return followed.projector.waitFor(sequence, timeoutMs);
    const { sequence: stands, failure } = this.status();
    if (stands >= sequence) return 'CURRENT';
    if (failure) return 'FAILED';
    const start = performance.now();
    await this.changes.next(timeoutMs);
    const left = timeoutMs - (performance.now() - start);
    return left <= 0 || this.closing ? 'BEHIND' : this.waitFor(sequence, left);
  }

  /** Calls the listener whenever what is served may have moved on; until the function returned is called. */
  onMoved(listener: () => void): () => void {
    return this.changes.listen(listener);
  }

  /** Resolves when what is built or followed stands still. */
  async pause(): Promise<void> {
    // One after the other: what was built may be followed by then.
    await this.fresh.end();
    await this.followed?.projector.pause();
  }

  /** Goes on; a store that is far behind by now is rebuilt. Whoever asks meanwhile waits for the same. */
  resume(): Promise<void> {
    return this.resuming.run(() => this.goOn());
  }

  private async goOn(): Promise<void> {
    const { followed } = this;
    const { building } = this.fresh;
    if (building && !building.isPaused && !building.failure) return;
    if (building) return this.fresh.build();
    const { place, log, rebuildBeyond } = this.options;
    // A log that is away is not waited for at the end.
    const head = await Promise.race([log.head(), this.resuming.ending]);
    if (!head || !followed || this.closing) return;
    const { sequence, position } = followed.projector.status;
    if (!isFarBehind(sequence, head.sequence, rebuildBeyond)) return followed.projector.start();
    const [own] = (await place.find()).filter(({ store }) => store === followed.store);
    if (this.closing) return;
    // Not before it is known that it can: until then it is followed as it was.
    await this.fresh.build(() => {
      this.followed = null;
      this.left.kept ??= { ...own, checkpoint: { sequence, position } };
    });
    if (this.followed === followed) return;
    const { kept } = this.left;
    await followed.projector.close();
    // Unless what was built has taken over already.
    if (kept && kept === this.left.kept && !this.closing) await this.left.keep(kept);
  }

  async switchOver(): Promise<void> {
    if (!this.followed) refuse('NO_OTHER_STORE', 'The store of this version is still being built; wait for it.');
    if (!this.left.kept) refuse('NO_OTHER_STORE', 'The store of this version is served already.');
    await this.options.place.pin(null);
    this.pinnedSince = null;
    this.rollingBack.forget();
    if (this.left.kept) this.serveFollowed();
  }

  /** Refuses where the earlier store cannot be served; then what was served is served on. Whoever asks meanwhile waits for the same. */
  rollBack(head: number): Promise<void> {
    return this.rollingBack.run(() => this.goBack(head));
  }

  private async goBack(head: number): Promise<void> {
    const { left, options, pinnedSince } = this;
    const { kept } = left;
    const before = kept ?? (await this.stored.kept(head)).find(({ store }) => store !== this.followed?.store);
    if (!before)
      refuse('NO_OTHER_STORE', 'There is no earlier store that this software can read; nothing was changed.');
    this.pinnedSince ??= new Date().toISOString();
    try {
      await left.keep(before);
      // Unless it was switched over meanwhile, or all ends.
      if (!left.kept || this.closing) return;
      if (this.served !== before.store) throw new Error('it cannot be read just now');
      await options.place.pin(before.store);
    } catch (error) {
      this.pinnedSince = pinnedSince;
      if (!kept && this.followed) this.serveFollowed();
      const why = `The earlier read store ${options.place.label(before.store)} cannot be served (${(error as Error).message})`;
      refuse('UNAVAILABLE', `${why}; nothing was changed. Remove the cause and ask again.`);
    }
  }

  /** The projector's connection is to be the last: only then can an embedded store's side files be taken away. */
  async close(): Promise<void> {
    this.closing = true;
    this.changes.tell();
    await Promise.all([this.fresh.end(), this.left.close(), this.resuming.end()]);
    await this.begun.catch(() => undefined);
    await this.followed?.projector.close();
    await this.options.place.close();
  }

  private async follow(store: string, checkpoint: Checkpoint): Promise<void> {
    const changed = (status: ReadModelsStatus): void => {
      if (status.failure) this.changes.tell();
      else this.changes.tellListeners();
      // One that was followed before may still be about to end.
      if (this.followed?.store === store) this.moved(status);
    };
    const projector = await this.options.place.follow(store, checkpoint, changed);
    this.followed = { store, projector };
    if (this.closing) return projector.close();
    if (!this.left.kept) this.serveFollowed();
    else this.moved(projector.status);
  }

  /** What is followed takes its place once it shows all that the kept one shows, and more. */
  private moved(status: ReadModelsStatus): void {
    const { kept } = this.left;
    const { followed } = this;
    if (!kept || !followed || this.pinnedSince || !hasCaughtUp(status, kept.checkpoint)) return;
    try {
      this.serveFollowed();
    } catch (error) {
      // The one before is served on; it is tried again when this one moves.
      this.left.cannotServe(error);
    }
  }

  private serveFollowed(): void {
    const { served } = this.options;
    const { kept } = this.left;
    const { store } = this.followed!;
    if (served.store !== store) served.serve(store);
    this.left.release();
    this.changes.tell();
    this.remove(() => this.stored.notNeeded(store, kept?.store));
  }

  private remove(notNeeded: () => Promise<string[]>): void {
    removeStores(this.options, notNeeded, () => this.closing);
  }
}
