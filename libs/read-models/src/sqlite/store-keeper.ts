import { type Checkpoint, type EventLogReader, START } from '#event-sourcing/log/event-log.js';
import { type LogReaderHandle, transferredOf } from '#event-sourcing/log/log-reader.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type ProjectionGroup } from '../read-model.js';
import { type ReadModelsState, type ReadModelsStatus } from '../read-models.js';
import { Building } from './building.js';
import { Changes } from './changes.js';
import { KeptAccess } from './kept-access.js';
import { type KeptStore } from './kept-store.js';
import { ProjectorClient } from './projector-client.js';
import { removeStore } from './rebuild.js';
import { type ServedStore } from './served-store.js';
import { StoreFolder } from './store-folder.js';
import { pinnedStore, pinStore } from './store-pin.js';
import { storesStatus, type StoreStatus } from './stores-status.js';
import { findStores, removeUnfinished } from './stores.js';

export interface StoreKeeperOptions {
  folder: string;
  log: EventLogReader;
  logHandle: () => LogReaderHandle;
  projections: URL;
  group: ProjectionGroup;
  registry: EventRegistry;
  served: ServedStore;
  warn: (message: string) => void;
  /** A store that lags by more events than these, and by more than a sixth of the log, is rebuilt beside. */
  rebuildBeyond: number;
}

/** Rebuilding is about six times faster per event than following: beyond this part of the log it is sooner done. */
const FAR_BEHIND = 1 / 6;

/**
 * Keeps the stores of one folder: one is followed or built, and one is served. They are the same one but while a store of
 * another version, or one far behind, is served until its successor has caught up; and after a roll-back.
 */
export class StoreKeeper {
  private logId = '';
  private stored!: StoreFolder;
  /**
   * Resolves when this version's own store is followed, or is built beside. Rejects with `ReadStoreCannotOpen` where it cannot
   * be used.
   */
  begun = Promise.resolve();
  private followed: { file: string; projector: ProjectorClient } | null = null;
  private building: Building | null = null;
  /** What is served instead of what is followed. */
  private kept: KeptStore | null = null;
  /** Keeps access in it current. */
  private access: KeptAccess | null = null;
  private accessEnded: Promise<void> | undefined;
  private isServing = false;
  private pinnedSince: string | null = null;
  private readonly since = new Date().toISOString();
  private readonly changes = new Changes();
  private closing = false;

  constructor(private readonly options: StoreKeeperOptions) {}

  /** Finds the stores and begins: see `begun`. Rejects with `ReadStoreCannotOpen` where this version's own cannot be used. */
  async open(): Promise<void> {
    const { folder, log, group } = this.options;
    removeUnfinished(folder);
    this.logId = await log.identity();
    const stored = (this.stored = new StoreFolder(folder, group, log, this.logId));
    const { sequence: head } = await log.head();
    const own = stored.own();
    const checkpoint = own ? await stored.checked(own.file) : START;
    const isFarBehind = this.isFarBehind(checkpoint.sequence, head);
    // A store that is followed is none that was left.
    const mayBePinned = ({ file }: KeptStore): boolean => isFarBehind || file !== own?.file;
    const pinned = stored.kept(head).find((store) => store.file === pinnedStore(folder) && mayBePinned(store));
    if (pinned) this.pinnedSince = this.since;
    else pinStore(folder, null);
    if (isFarBehind) {
      this.begun = this.keep(pinned ?? (own ? { ...own, checkpoint } : stored.kept(head)[0]));
      this.build();
      return;
    }
    const file = stored.fileToFollow();
    if (!own) await stored.checked(file);
    const other = pinned ?? (own ? undefined : stored.kept(head)[0]);
    this.begun = Promise.all([this.keep(other), this.follow(file, checkpoint)]).then(() => undefined);
  }

  status(): ReadModelsStatus {
    const { followed, building, kept, isServing } = this;
    if (followed && isServing && !kept) return followed.projector.status;
    const { sequence, position } = kept?.checkpoint ?? START;
    const behind = followed?.projector.status;
    const failure = behind?.failure ?? building?.failure ?? null;
    const isStill = building ? building.isPaused : behind?.state === 'paused';
    return {
      state: this.pinnedSince || isStill ? 'paused' : failure ? 'failed' : 'building',
      ...{ sequence, position, failure },
      behindSince: this.pinnedSince ?? behind?.behindSince ?? this.since,
      clockBehind: behind?.clockBehind ?? 0,
    };
  }

  stores(): StoreStatus[] {
    const { followed, building, kept, since, isServing, options } = this;
    const { folder, group } = options;
    return storesStatus({
      ...{ folder, version: group.version, since, building },
      followed: followed && { file: followed.file, status: followed.projector.status },
      served: isServing ? (kept ?? followed)?.file : undefined,
    });
  }

  /** As `ReadModels.waitFor`: of what is served. */
  async waitFor(sequence: number, timeoutMs: number): Promise<ReadModelsState> {
    const { followed } = this;
    if (followed && !this.kept) return followed.projector.waitFor(sequence, timeoutMs);
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
    await Promise.all([this.building?.end(), this.followed?.projector.pause()]);
  }

  /** Goes on; a store that is far behind by now is rebuilt. */
  async resume(): Promise<void> {
    const { followed, building } = this;
    if (building) {
      if (!building.isPaused && !building.failure) return;
      await building.end();
      return this.build();
    }
    const { sequence: head } = await this.options.log.head();
    if (!followed || this.closing) return;
    const { sequence, position } = followed.projector.status;
    if (!this.isFarBehind(sequence, head)) return followed.projector.start();
    this.followed = null;
    const [own] = findStores(this.options.folder).filter(({ file }) => file === followed.file);
    const kept = this.kept ?? { ...own, checkpoint: { sequence, position } };
    this.kept = kept;
    await followed.projector.close();
    const keeping = this.keep(kept);
    this.build();
    await keeping;
  }

  switchOver(): void {
    if (!this.followed) refuse('NO_OTHER_STORE', 'The store of this version is still being built; wait for it.');
    if (!this.kept) refuse('NO_OTHER_STORE', 'The store of this version is served already.');
    this.pinnedSince = null;
    pinStore(this.options.folder, null);
    this.serveFollowed();
  }

  async rollBack(head: number): Promise<void> {
    const before = this.kept ?? this.stored.kept(head).find(({ file }) => file !== this.followed?.file);
    if (!before) {
      refuse('NO_OTHER_STORE', 'There is no earlier store that this software can read; nothing was changed.');
    }
    this.pinnedSince ??= new Date().toISOString();
    pinStore(this.options.folder, before.file);
    await this.keep(before);
  }

  /** The projector's connection is to be the last: only then can SQLite take its side files away. */
  async close(): Promise<void> {
    this.closing = true;
    this.changes.tell();
    await this.building?.end();
    await Promise.all([this.access?.end(), this.accessEnded]);
    await this.begun.catch(() => undefined);
    await this.followed?.projector.close();
  }

  private isFarBehind(sequence: number, head: number): boolean {
    return head - sequence > Math.max(this.options.rebuildBeyond, head * FAR_BEHIND);
  }

  /** Serves a store as it was left, as soon as it is current who may see what in it. */
  private async keep(store: KeptStore | undefined): Promise<void> {
    if (!store || (this.access && this.kept?.file === store.file)) return;
    const { served, warn } = this.options;
    const isServed = this.isServing && this.kept?.file === store.file;
    this.kept = store;
    const before = this.access;
    const access = (this.access = new KeptAccess(store, this.options, (error) => {
      if (this.access !== access || this.closing) return;
      served.stop();
      this.isServing = false;
      warn(`The earlier read store ${store.file} is not served any more: ${String(error)}`);
      this.changes.tell();
    }));
    await before?.end();
    await access.current.catch(() => undefined);
    if (this.access !== access || this.closing || !access.isCurrent) return;
    if (!isServed) served.serve(store.file);
    this.isServing = true;
    this.changes.tell();
  }

  private build(): void {
    const { projections, warn, logHandle } = this.options;
    const file = this.stored.fileToBuild();
    const { logId } = this;
    // A build looks by itself whether there is more.
    const logFile = logHandle();
    for (const port of transferredOf(logFile)) port.close();
    if ('wake' in logFile) delete logFile.wake;
    const building = (this.building = Building.begin(
      { file, logFile, logId, projections },
      async ({ place }) => {
        await this.follow(file, place);
        if (this.building === building) this.building = null;
        this.changes.tell();
      },
      () => {
        if (building.failure) warn(`The read models cannot be rebuilt: ${building.failure.message}`);
        this.changes.tell();
      },
    ));
  }

  private async follow(file: string, checkpoint: Checkpoint): Promise<void> {
    const { logHandle, projections, warn } = this.options;
    const { logId } = this;
    const changed = (status: ReadModelsStatus): void => {
      this.changes.tellListeners();
      this.moved(status);
    };
    const projector = await ProjectorClient.start(
      { file, logId, logHandle, projections: projections.href, warn, changed },
      checkpoint,
    );
    this.followed = { file, projector };
    if (this.closing) return projector.close();
    if (!this.kept) this.serveFollowed();
    else this.moved(projector.status);
  }

  /** What is followed takes its place once it shows all that the kept one shows, and more. */
  private moved({ state, sequence, failure }: ReadModelsStatus): void {
    const { kept, followed } = this;
    if (!kept || !followed || this.pinnedSince) return;
    const isThere = state === 'live' || failure?.code === 'NEWER_SOFTWARE_NEEDED';
    if (isThere && sequence >= kept.checkpoint.sequence) this.serveFollowed();
  }

  private serveFollowed(): void {
    const { served, folder } = this.options;
    const { kept } = this;
    const { file } = this.followed!;
    served.serve(file);
    this.accessEnded = this.access?.end();
    this.access = null;
    this.kept = null;
    this.isServing = true;
    this.changes.tell();
    // One is kept to go back to: that which was served, or else the newest other one.
    const others = findStores(folder).filter((store) => store.file !== file);
    const stays = kept?.file ?? others[0]?.file;
    void served.left().then(() => {
      for (const store of others) if (store.file !== stays && !this.closing) removeStore(store.file);
    });
  }
}
