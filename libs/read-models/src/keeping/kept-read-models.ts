import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { type AccessFilter } from '../access-filter.js';
import { type Dialect } from '../queries/builder.js';
import { type ReadBudget } from '../read-budget.js';
import { type ReadObserver } from '../read-observer.js';
import { lagBehind } from '../lag.js';
import { type ProjectionGroup } from '../read-model.js';
import { type BuildState, type ProjectionStatus, type ReadModels, type ReadModelsStatus } from '../read-models.js';
import { type ReadModelsState } from '../read-models-state.js';
import { type ReadContext } from '../read-points.js';
import { type ReadSession } from '../read-session.js';
import { readContext, sessionIn } from './read-context.js';
import { type OpenReadStore, ServedStore } from './served-store.js';
import { StoreKeeper } from './store-keeper.js';
import { type SeenStores } from './recorded-head.js';
import { type StorePlace } from './store-place.js';

/** What read models need, whichever engine keeps them. */
export interface ReadModelsOptions {
  /** For payloads, head and identity, in this thread; stays the caller's. */
  log: EventLogReader;
  group: ProjectionGroup;
  registry: EventRegistry;
  /** How long reads wait for what the log has and the read models have not, in milliseconds. Default: 2,000. */
  readWaitMs?: number;
  /** Tells a person what has stopped or is odd. Default: standard error. */
  warn?: (message: string) => void;
  clock?: () => Date;
  /** A store that lags by more events than these (and more than a sixth of the log) is rebuilt beside. Default: 10,000. */
  rebuildBeyond?: number;
}

/** What makes an engine of read models. */
export interface ReadEngine {
  dialect: Dialect;
  /** Closed with the read models. */
  place: StorePlace & SeenStores;
  /** Opens a store for reading. Throws `ReadStoreCannotOpen`. */
  open: (store: string) => OpenReadStore;
}

/** So few are followed within seconds, as soon as a rebuild would have begun. */
const REBUILD_BEYOND = 10_000;

/**
 * Opens read models on an engine, and starts to build them if they are not there. `begun` must be awaited: it rejects with
 * `ReadStoreCannotOpen`, with everything closed, as this itself does.
 */
export async function beginReadModels(
  options: ReadModelsOptions,
  { dialect, place, open }: ReadEngine,
): Promise<{ readModels: KeptReadModels; begun: Promise<void> }> {
  const { log, warn = console.error, rebuildBeyond = REBUILD_BEYOND } = options;
  const served: ServedStore = new ServedStore(open, () => missing(keeper.buildState));
  const keeper = new StoreKeeper({ ...options, place, served, warn, rebuildBeyond });
  const readModels = new KeptReadModels(keeper, served, dialect, await log.identity(), options);
  const failed = async (error: unknown): Promise<never> => {
    await readModels.close();
    throw error;
  };
  await keeper.open().catch(failed);
  const begun = keeper.begun.catch(failed);
  // Nobody may be listening yet when it rejects.
  begun.catch(() => undefined);
  return { readModels, begun };
}

/** Why nothing can be read yet. */
function missing(build: BuildState | null): string {
  const left = build?.secondsLeft ? `, about ${build.secondsLeft} s left` : '';
  const far = build && build.of > 0 ? ` (${build.events} of ${build.of} events${left})` : '';
  return `The read models are being rebuilt from the log${far}; what is recorded meanwhile is durable. Ask again then.`;
}

/** Read models whose stores a keeper builds, follows and exchanges. */
export class KeptReadModels implements ReadModels {
  readonly isActive = true;
  private readonly context: ReadContext;
  private closed?: Promise<void>;

  /** Made by `beginReadModels`. */
  constructor(
    private readonly keeper: StoreKeeper,
    private readonly store: ServedStore,
    dialect: Dialect,
    logId: string,
    private readonly options: ReadModelsOptions,
  ) {
    const waitFor: ReadModels['waitFor'] = (sequence, timeoutMs) => this.waitFor(sequence, timeoutMs);
    this.context = readContext({ ...options, store, dialect, logId, waitFor });
  }

  /** The store that is served; null while there is none. */
  get served(): string | null {
    return this.keeper.served;
  }

  get checkpoint(): number {
    return this.keeper.status().sequence;
  }

  status(): ReadModelsStatus {
    return this.keeper.status();
  }

  waitFor(sequence: number, timeoutMs: number): Promise<ReadModelsState> {
    return this.keeper.waitFor(sequence, timeoutMs);
  }

  onMoved(listener: () => void): () => void {
    return this.keeper.onMoved(listener);
  }

  session(filter: AccessFilter, budget?: ReadBudget, observer?: ReadObserver): ReadSession {
    return sessionIn(this.context, this.options.registry, filter, budget, observer);
  }

  pause(): Promise<void> {
    return this.keeper.pause();
  }

  resume(): Promise<void> {
    return this.keeper.resume();
  }

  retry(): Promise<void> {
    return this.keeper.resume();
  }

  async projections(): Promise<ProjectionStatus[]> {
    const { log } = this.options;
    const stores = await this.keeper.stores();
    return Promise.all(stores.map(async (one) => ({ ...one, lag: await lagBehind(log, one) })));
  }

  switchOver(): Promise<void> {
    return this.keeper.switchOver();
  }

  async rollBack(): Promise<void> {
    await this.keeper.rollBack((await this.options.log.head()).sequence);
  }

  /** Close it before the log. */
  close(): Promise<void> {
    return (this.closed ??= this.closeAll());
  }

  private async closeAll(): Promise<void> {
    await this.store.close();
    // A projector's connection is the last: only then can SQLite take its side files away.
    await this.keeper.close();
  }
}
