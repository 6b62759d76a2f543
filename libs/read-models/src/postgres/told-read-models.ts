import { refuse } from '#event-sourcing/refusal.js';
import { type AccessFilter } from '../access-filter.js';
import { type ReadEngine, type ReadModelsOptions } from '../keeping/kept-read-models.js';
import { readContext, sessionIn } from '../keeping/read-context.js';
import { ServedStore } from '../keeping/served-store.js';
import { lagBehind } from '../lag.js';
import { type ReadBudget } from '../read-budget.js';
import { type ReadObserver } from '../read-observer.js';
import { type ProjectionStatus, type ReadModels, type ReadModelsStatus } from '../read-models.js';
import { type ReadModelsState } from '../read-models-state.js';
import { type ReadSession } from '../read-session.js';
import { type Published } from './published.js';
import { versionOf } from './stores.js';

/** Read models that another server writes: it tells which store it serves and how far that is, and that one is read. */
export class ToldReadModels {
  /** What was told last. */
  told: Published;
  private readonly store: ServedStore;
  private readonly context;
  private served: string | null = null;
  /** The version of what is served, where this software cannot read that. */
  private foreign: number | null = null;
  /** Since when the database cannot be reached, and why; null while it can. */
  private away: { since: string; message: string } | null = null;
  /** Since when what is served is of another log, and what to do; null while it is not. */
  private alien: { since: string; message: string } | null = null;

  /** @param waitFor as of the read models that these are part of */
  constructor(
    private readonly engine: ReadEngine,
    private readonly options: ReadModelsOptions,
    private readonly logId: string,
    waitFor: ReadModels['waitFor'],
  ) {
    const status = { state: 'building', sequence: 0, position: '', failure: null, clockBehind: 0 } as const;
    this.told = { by: '', nth: 0, served: null, status: { ...status, behindSince: new Date().toISOString() } };
    this.store = new ServedStore(engine.open, () => this.missing);
    this.context = readContext({ ...options, store: this.store, dialect: engine.dialect, logId, waitFor });
  }

  /** `paused` also while what is served is of a version that this software cannot read; `failed` while nothing can be read. */
  status(): ReadModelsStatus {
    const { status } = this.told;
    const none = this.alien ?? this.away;
    if (none) {
      const { since, message } = none;
      const failure = { eventId: null, sequence: null, code: null, message };
      const place = this.alien ? { sequence: 0, position: '' } : {};
      return { ...status, ...place, state: 'failed', behindSince: status.behindSince ?? since, failure };
    }
    return this.foreign === null ? status : { ...status, state: 'paused' };
  }

  stateOf(sequence: number): ReadModelsState {
    if (this.alien) return 'FAILED';
    const { sequence: stands, failure } = this.told.status;
    if (stands >= sequence) return 'CURRENT';
    return failure ? 'FAILED' : 'BEHIND';
  }

  session(filter: AccessFilter, budget?: ReadBudget, observer?: ReadObserver): ReadSession {
    return sessionIn(this.context, this.options.registry, filter, budget, observer);
  }

  async projections(): Promise<ProjectionStatus[]> {
    // Those of another log are not told of.
    if (this.alien) return [];
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

  /** Refuses with UNAVAILABLE while a server of another log writes, or it is not known which one does: it is not told what to do. */
  requireOwn(): void {
    if (this.alien || this.told.by === '') refuse('UNAVAILABLE', this.missing);
  }

  /** @param why the database cannot be reached; null when it can */
  reached(why: string | null): void {
    if (why !== null && !this.away) this.options.warn?.(why);
    this.away = why === null ? null : { since: this.away?.since ?? new Date().toISOString(), message: why };
  }

  /** Reads from now on what is served. It is told at once, and looked up now and then: what was told later counts. */
  hear(told: Published): void {
    if (told.by === this.told.by && told.nth < this.told.nth) return;
    this.told = told;
    this.compare(told.log);
    if (this.alien) {
      this.served = null;
      return this.store.stop();
    }
    if (told.served === this.served) return;
    this.served = told.served;
    this.foreign = told.served === null ? null : this.unreadable(told.served);
    if (told.served === null || this.foreign !== null) this.store.stop();
    else this.store.serve(told.served);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  /** A server of another installation, or of one that is set wrongly, writes what nobody of this log may read. */
  private compare(log: string | undefined): void {
    if (log === undefined || log === this.logId) {
      this.alien = null;
      return;
    }
    if (this.alien) return;
    const message = `The read models in this database are of another log (${log}; this one is ${this.logId}): set READ_STORE to another database, or EVENT_LOG and EVENT_LOG_PREFIX to that log.`;
    this.alien = { since: new Date().toISOString(), message };
    this.options.warn?.(message);
  }

  /** The version of a store, if it is none that this software can read. */
  private unreadable(store: string): number | null {
    const { version, readableSince = version } = this.options.group;
    const its = versionOf(store);
    return its <= version && its >= readableSince ? null : its;
  }

  /** Why nothing can be read. */
  private get missing(): string {
    if (this.alien) return 'The read models in the database are of another log; ask whoever runs the server.';
    if (this.foreign === null) return 'The server that keeps the read models serves none yet; ask again.';
    return `The read models that are served are of version ${this.foreign}, which this software cannot read (it reads ${this.options.group.version}): ask a server of the other software.`;
  }
}
