import { type AccessFilter } from '../access-filter.js';
import {
  beginReadModels,
  type KeptReadModels,
  type ReadEngine,
  type ReadModelsOptions,
} from '../keeping/kept-read-models.js';
import { Moves } from '../keeping/moves.js';
import { ServedStore } from '../keeping/served-store.js';
import { lagBehind } from '../lag.js';
import { type ReadBudget } from '../read-budget.js';
import { type ReadObserver } from '../read-observer.js';
import { type ProjectionStatus, type ReadModels, type ReadModelsState, type ReadModelsStatus } from '../read-models.js';
import { type ReadSession } from '../read-session.js';
import { readContext, sessionIn } from '../keeping/read-context.js';
import { OwnerLock } from './owner-lock.js';
import { type Published, publishedBefore } from './published.js';
import { Publisher } from './publisher.js';
import { type Action, askWriter, Steering } from './steering.js';
import { versionOf } from './store-database.js';
import { Watcher } from './watcher.js';

/** For so long after it could not write any more a server is unsure whether it is to; and how often it looks. In milliseconds. */
const UNSURE_MS = 2_000;
const LOOK_MS = 100;

export interface SharedReadModelsOptions extends ReadModelsOptions {
  /** Whether this server writes where no other does. Default: true. */
  writes?: boolean;
}

/**
 * Read models that several servers share: one of them writes, the others read what it serves, are told how far it is, and
 * take over when it ends or stands still.
 */
export class SharedReadModels implements ReadModels {
  private readonly moves = new Moves();
  private readonly store: ServedStore;
  private readonly context;
  /** What this server writes; null while another one does. */
  private active: KeptReadModels | null = null;
  private lock: OwnerLock | undefined;
  private publisher: Publisher | undefined;
  private steering: Steering | undefined;
  private watcher: Watcher | undefined;
  private told: Published;
  private served: string | null = null;
  /** The version of what is served, where this software cannot read that. */
  private foreign: number | null = null;
  private closing: Promise<void> | undefined;
  /** Changing from one to the other, one after the other. */
  private turn: Promise<void> = Promise.resolve();

  private constructor(
    private readonly url: string,
    private readonly engine: ReadEngine,
    private readonly options: SharedReadModelsOptions,
    logId: string,
  ) {
    const status = { state: 'building', sequence: 0, position: '', failure: null, clockBehind: 0 } as const;
    this.told = { by: '', nth: 0, served: null, status: { ...status, behindSince: new Date().toISOString() } };
    this.store = new ServedStore(engine.open, () => this.missing);
    const waitFor: ReadModels['waitFor'] = (sequence, timeoutMs) => this.waitFor(sequence, timeoutMs);
    this.context = readContext({ ...options, store: this.store, dialect: engine.dialect, logId, waitFor });
  }

  /** `begun` must be awaited, as that of `beginReadModels`; it resolves at once while another server writes. */
  static async begin(
    url: string,
    engine: ReadEngine,
    options: SharedReadModelsOptions,
  ): Promise<{ readModels: SharedReadModels; begun: Promise<void> }> {
    const shared = new SharedReadModels(url, engine, options, await options.log.identity());
    const lock = options.writes === false ? undefined : await OwnerLock.tryTake(url);
    if (!lock) {
      shared.watch();
      shared.prepare();
      return { readModels: shared, begun: Promise.resolve() };
    }
    shared.turn = shared.write(lock);
    const begun = shared.turn.catch(async (error: unknown) => {
      await shared.close();
      throw error;
    });
    // Nobody may be listening yet when it rejects.
    begun.catch(() => undefined);
    shared.turn = shared.turn.catch(() => undefined);
    return { readModels: shared, begun };
  }

  /** Whether it is this server that writes. */
  get isActive(): boolean {
    return this.active !== null;
  }

  get checkpoint(): number {
    return this.status().sequence;
  }

  /** `paused` also while what is served is of a version that this software cannot read. */
  status(): ReadModelsStatus {
    if (this.active) return this.active.status();
    const { status } = this.told;
    return this.foreign === null ? status : { ...status, state: 'paused' };
  }

  async waitFor(sequence: number, timeoutMs: number): Promise<ReadModelsState> {
    const end = performance.now() + timeoutMs;
    for (;;) {
      const left = Math.max(0, end - performance.now());
      const state = this.active ? await this.active.waitFor(sequence, left) : this.stateOf(sequence);
      if (state === 'CURRENT' || left === 0 || this.closing) return state;
      if (state === 'FAILED' && !this.isUnsure) return state;
      await this.moves.next(Math.min(left, LOOK_MS));
    }
  }

  onMoved(listener: () => void): () => void {
    return this.moves.listen(listener);
  }

  session(filter: AccessFilter, budget?: ReadBudget, observer?: ReadObserver): ReadSession {
    if (this.active) return this.active.session(filter, budget, observer);
    return sessionIn(this.context, this.options.registry, filter, budget, observer);
  }

  pause(): Promise<void> {
    return this.steer('pause');
  }

  resume(): Promise<void> {
    return this.steer('resume');
  }

  retry(): Promise<void> {
    return this.steer('retry');
  }

  switchOver(): Promise<void> {
    return this.steer('switchOver');
  }

  rollBack(): Promise<void> {
    return this.steer('rollBack');
  }

  async projections(): Promise<ProjectionStatus[]> {
    if (this.active) return this.active.projections();
    const { place } = this.engine;
    const { served, status } = this.told;
    const { clockBehind: _, ...shown } = status;
    return Promise.all(
      (await place.find()).map(async ({ store, version }): Promise<ProjectionStatus> => {
        const about = { store: place.label(store), version, serving: store === served, build: null };
        const kept = { state: 'kept', behindSince: null, failure: null } as const;
        const own = store === served ? shown : { ...kept, ...(await place.checkpoint(store)) };
        return { ...about, ...own, lag: await lagBehind(this.options.log, own) };
      }),
    );
  }

  close(): Promise<void> {
    return (this.closing ??= this.closeAll());
  }

  private async closeAll(): Promise<void> {
    this.moves.tell();
    await this.watcher?.end();
    await this.turn;
    await this.steering?.end();
    await this.publisher?.end();
    await this.active?.close();
    await this.lock?.release();
    await this.store.close();
    await this.engine.place.close();
  }

  /** It wrote, and cannot since a moment ago: it may have been passed by, and does not know it yet. */
  private get isUnsure(): boolean {
    const { failure, behindSince } = this.status();
    const isStores = this.active !== null && failure !== null && failure.sequence === null;
    return isStores && Date.now() - Date.parse(behindSince ?? '') < UNSURE_MS;
  }

  /** The version of a store, if it is none that this software can read. */
  private unreadable(store: string): number | null {
    const { version, readableSince = version } = this.options.group;
    const its = versionOf(store);
    return its <= version && its >= readableSince ? null : its;
  }

  /** Why nothing can be read. */
  private get missing(): string {
    if (this.foreign === null) return 'The server that keeps the read models serves none yet; ask again.';
    return `The read models that are served are of version ${this.foreign}, which this software cannot read (it reads ${this.options.group.version}): ask a server of the other software.`;
  }

  private stateOf(sequence: number): ReadModelsState {
    const { sequence: stands, failure } = this.told.status;
    if (stands >= sequence) return 'CURRENT';
    return failure ? 'FAILED' : 'BEHIND';
  }

  /** By this server if it is the one that writes; else that one is asked. */
  private async steer(action: Action): Promise<void> {
    if (this.active) return this.active[action]();
    const now = await askWriter(this.url, action);
    this.hear({ ...this.told, ...now });
  }

  private watch(): void {
    if (this.closing) return;
    this.watcher = new Watcher({
      url: this.url,
      takes: this.options.writes !== false,
      published: (told) => this.hear(told),
      taken: (lock) => {
        this.turn = this.turn
          .then(() => this.write(lock))
          .catch(async (error: unknown) => {
            this.options.warn?.(`The read models cannot be taken over: ${String(error)}`);
            await lock.release();
            this.watch();
            this.prepare();
          });
      },
    });
  }

  /** A server that may take over is to do so at once. */
  private prepare(): void {
    if (!this.closing && this.options.writes !== false) this.engine.place.prepare?.();
  }

  private hear(told: Published): void {
    if (this.active) return;
    // It is told at once, and looked up now and then: what was told later counts.
    if (told.by === this.told.by && told.nth < this.told.nth) return;
    this.told = told;
    if (told.served !== this.served) {
      this.served = told.served;
      this.foreign = told.served === null ? null : this.unreadable(told.served);
      if (told.served === null || this.foreign !== null) this.store.stop();
      else this.store.serve(told.served);
    }
    this.moves.tell();
  }

  /** From now on this server writes. */
  private async write(lock: OwnerLock): Promise<void> {
    if (this.closing) return lock.release();
    this.lock = lock;
    // Until it has taken over, it tells what was told before, so that the others go on reading that: it is there.
    if (this.told.served === null) {
      this.told = (await publishedBefore(lock.client!).catch(() => undefined)) ?? this.told;
    }
    const latest = (): Pick<Published, 'served' | 'status'> =>
      this.active ? { served: this.active.served, status: this.active.status() } : this.told;
    const publisher = (this.publisher = new Publisher(lock, latest));
    lock.onLost(() => {
      this.turn = this.turn.then(() => this.leave(lock));
    });
    try {
      const { readModels, begun } = await beginReadModels(this.options, this.engine);
      readModels.onMoved(() => {
        publisher.tell();
        this.moves.tell();
      });
      await begun;
      this.active = readModels;
      this.steering = new Steering(this.url, async (action) => {
        await readModels[action]();
        return latest();
      });
      publisher.tell();
      this.moves.tell();
    } catch (error) {
      await publisher.end();
      throw error;
    }
  }

  /** Another server writes: it was not heard of this one for too long. */
  private async leave(lock: OwnerLock): Promise<void> {
    const { active, publisher, steering } = this;
    if (this.closing || this.lock !== lock || !active) return;
    this.options.warn?.(
      'Another server has taken over the read models, as this one stood still; it reads what that one serves.',
    );
    this.active = null;
    this.lock = undefined;
    this.publisher = undefined;
    this.steering = undefined;
    await steering?.end();
    await publisher?.end();
    this.watch();
    await active.close();
    // Not before: what is closed closes what is prepared, too.
    this.prepare();
  }
}
