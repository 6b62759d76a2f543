import { type AccessFilter } from '../access-filter.js';
import {
  beginReadModels,
  type KeptReadModels,
  type ReadEngine,
  type ReadModelsOptions,
} from '../keeping/kept-read-models.js';
import { Moves } from '../keeping/moves.js';
import { type ReadBudget } from '../read-budget.js';
import { type ReadObserver } from '../read-observer.js';
import { type ProjectionStatus, type ReadModels, type ReadModelsStatus } from '../read-models.js';
import { type ReadModelsState } from '../read-models-state.js';
import { type ReadSession } from '../read-session.js';
import { GrowingWait } from './growing-wait.js';
import { OwnerLock } from './owner-lock.js';
import { type Published, publishedBefore } from './published.js';
import { Publisher } from './publisher.js';
import { type Action, askWriter, Steering } from './steering.js';
import { ToldReadModels } from './told-read-models.js';
import { isUnsure } from './unsure.js';
import { Watcher } from './watcher.js';

/** How often a server looks that waits for what is written, in milliseconds. */
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
  /** What others write. */
  private readonly others: ToldReadModels;
  /** What this server writes; null while another one does. */
  private active: KeptReadModels | null = null;
  private lock: OwnerLock | undefined;
  private publisher: Publisher | undefined;
  private steering: Steering | undefined;
  private watcher: Watcher | undefined;
  private readonly takingOver = new GrowingWait();
  private closing: Promise<void> | undefined;
  /** Changing from one to the other, one after the other. */
  private turn: Promise<void> = Promise.resolve();

  private constructor(
    private readonly url: string,
    private readonly engine: ReadEngine,
    private readonly options: SharedReadModelsOptions,
    private readonly logId: string,
  ) {
    this.others = new ToldReadModels(engine, options, logId, (sequence, ms) => this.waitFor(sequence, ms));
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
    return (this.active ?? this.others).status();
  }

  async waitFor(sequence: number, timeoutMs: number): Promise<ReadModelsState> {
    const end = performance.now() + timeoutMs;
    for (;;) {
      const left = Math.max(0, end - performance.now());
      const state = this.active ? await this.active.waitFor(sequence, left) : this.others.stateOf(sequence);
      if (state === 'CURRENT' || left === 0 || this.closing) return state;
      if (state === 'FAILED' && !(this.active && isUnsure(this.status()))) return state;
      await this.moves.next(Math.min(left, LOOK_MS));
    }
  }

  onMoved(listener: () => void): () => void {
    return this.moves.listen(listener);
  }

  session(filter: AccessFilter, budget?: ReadBudget, observer?: ReadObserver): ReadSession {
    return (this.active ?? this.others).session(filter, budget, observer);
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

  projections(): Promise<ProjectionStatus[]> {
    return (this.active ?? this.others).projections();
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
    await this.others.close();
    await this.engine.place.close();
  }

  /** By this server if it is the one that writes; else that one is asked. */
  private async steer(action: Action): Promise<void> {
    if (this.active) return this.active[action]();
    this.others.requireOwn();
    const now = await askWriter(this.url, action);
    this.hear({ ...this.others.told, ...now });
  }

  private watch(): void {
    if (this.closing) return;
    this.watcher = new Watcher({
      url: this.url,
      takes: () => this.options.writes !== false && this.takingOver.isOver,
      reached: (why) => this.others.reached(why),
      published: (told) => this.hear(told),
      taken: (lock) => {
        this.turn = this.turn
          .then(() => this.write(lock))
          .catch(async (error: unknown) => {
            this.options.warn?.(`The read models cannot be taken over: ${String(error)}`);
            await lock.release();
            this.takingOver.failed();
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
    this.others.hear(told);
    this.moves.tell();
  }

  /** From now on this server writes. */
  private async write(lock: OwnerLock): Promise<void> {
    if (this.closing) return lock.release();
    this.lock = lock;
    // Until it has taken over, it tells what was told before, so that the others go on reading that: it is there.
    const { others } = this;
    if (others.told.served === null) {
      others.told = (await publishedBefore(lock.client!).catch(() => undefined)) ?? others.told;
    }
    const latest = (): Pick<Published, 'log' | 'served' | 'status'> =>
      this.active ? { log: this.logId, served: this.active.served, status: this.active.status() } : others.told;
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
      this.takingOver.succeeded();
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
