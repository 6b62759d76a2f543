import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { type LogReaderHandle } from '#event-sourcing/log/log-reader.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { type AccessFilter } from '../access-filter.js';
import { ReadBudget } from '../read-budget.js';
import { type ReadObserver } from '../read-observer.js';
import { lagBehind } from '../lag.js';
import { type ProjectionGroup } from '../read-model.js';
import { type ProjectionStatus, type ReadModels, type ReadModelsState, type ReadModelsStatus } from '../read-models.js';
import { type ReadContext } from '../read-points.js';
import { ReadSession } from '../read-session.js';
import { StatementCache } from '../statement-cache.js';
import { sqliteDialect } from './dialect.js';
import { checkGroup } from './schema.js';
import { ServedStore } from './served-store.js';
import { SqliteReadStore } from './sqlite-read-store.js';
import { StoreKeeper } from './store-keeper.js';
import { type StoreStatus } from './stores-status.js';

export interface SqliteReadModelsOptions {
  /** Holds the store's file, `read-<version>.sqlite`. */
  folder: string;
  /** For payloads, head and identity, in this thread; stays the caller's. */
  log: EventLogReader;
  /** What the projector's thread opens a reader of the same log with; called for each thread that is started. */
  logHandle: () => LogReaderHandle;
  /** URL of the compiled module that exports `projections` and `registry`: the projector's thread imports it. */
  projections: URL;
  /** The same two as this thread has them. */
  group: ProjectionGroup;
  registry: EventRegistry;
  /** How long reads wait for what the log has and the read models have not, in milliseconds. Default: 2,000. */
  readWaitMs?: number;
  /** How long a query in a reader thread may take, in milliseconds. Default: 5,000. */
  timeLimitMs?: number;
  /** Reader threads. Default: 1. */
  readerThreads?: number;
  /** Tells a person what has stopped or is odd. Default: standard error. */
  warn?: (message: string) => void;
  clock?: () => Date;
  /** A store that lags by more events than these (and more than a sixth of the log) is rebuilt beside. Default: 10,000. */
  rebuildBeyond?: number;
}

/** So few are followed within seconds, as soon as a rebuild would have begun. */
const REBUILD_BEYOND = 10_000;

/** Opens the embedded read models, and starts to build them if they are not there. Rejects with `ReadStoreCannotOpen`. */
export async function openSqliteReadModels(options: SqliteReadModelsOptions): Promise<SqliteReadModels> {
  const { readModels, begun } = await beginSqliteReadModels(options);
  await begun;
  return readModels;
}

/**
 * The same for a caller that has other things to do while the projector's thread starts. `begun` must be awaited: it
 * rejects with `ReadStoreCannotOpen`, with everything closed.
 */
export async function beginSqliteReadModels(
  options: SqliteReadModelsOptions,
): Promise<{ readModels: SqliteReadModels; begun: Promise<void> }> {
  const { group, log, timeLimitMs = 5_000, readerThreads: threads = 1 } = options;
  checkGroup(group);
  const served: ServedStore = new ServedStore(
    (file) => new SqliteReadStore({ file, threads, timeLimitMs, mostWaiting: 100 }),
    () => missing(keeper.stores()[0]),
  );
  const { warn = console.error, rebuildBeyond = REBUILD_BEYOND } = options;
  const keeper = new StoreKeeper({ ...options, served, warn, rebuildBeyond });
  const readModels = new SqliteReadModels(keeper, served, await log.identity(), options);
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
function missing({ build }: StoreStatus): string {
  const left = build?.secondsLeft ? `, about ${build.secondsLeft} s left` : '';
  const far = build && build.of > 0 ? ` (${build.events} of ${build.of} events${left})` : '';
  return `The read models are being rebuilt from the log${far}; what is recorded meanwhile is durable. Ask again then.`;
}

/** The embedded read models: a projector in a thread of its own, short reads here, long ones in reader threads. */
export class SqliteReadModels implements ReadModels {
  private readonly context: ReadContext;
  private closed?: Promise<void>;

  /** Made by `openSqliteReadModels`. */
  constructor(
    private readonly keeper: StoreKeeper,
    private readonly store: ServedStore,
    logId: string,
    private readonly options: SqliteReadModelsOptions,
  ) {
    const { group, log, readWaitMs = 2_000, clock = () => new Date() } = options;
    this.context = {
      store,
      compilation: { dialect: sqliteDialect, group, effort: 'short' },
      statements: new StatementCache(),
      log,
      logId,
      readWaitMs,
      waitFor: (sequence, timeoutMs) => this.waitFor(sequence, timeoutMs),
      clock: () => clock().getTime(),
    };
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

  session(filter: AccessFilter, budget = new ReadBudget(), observer?: ReadObserver): ReadSession {
    return new ReadSession(this.context, this.options.registry, filter, budget, observer);
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

  projections(): Promise<ProjectionStatus[]> {
    const { log } = this.options;
    return Promise.all(this.keeper.stores().map(async (one) => ({ ...one, lag: await lagBehind(log, one) })));
  }

  switchOver(): void {
    this.keeper.switchOver();
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
    // Its connection is the last: only then can SQLite take its side files away.
    await this.keeper.close();
  }
}
