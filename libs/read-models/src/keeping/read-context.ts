import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { type AccessFilter } from '../access-filter.js';
import { type Dialect } from '../queries/builder.js';
import { ReadBudget } from '../read-budget.js';
import { type ProjectionGroup } from '../read-model.js';
import { type ReadObserver } from '../read-observer.js';
import { type ReadContext } from '../read-points.js';
import { ReadSession } from '../read-session.js';
import { type ReadStore } from '../read-store.js';
import { StatementCache } from '../statement-cache.js';

export interface ReadContextOptions {
  store: ReadStore;
  dialect: Dialect;
  group: ProjectionGroup;
  log: EventLogReader;
  logId: string;
  /** Default: 2,000. */
  readWaitMs?: number;
  waitFor: ReadContext['waitFor'];
  clock?: () => Date;
}

/** What all reads of the same read models share. */
export const readContext = (options: ReadContextOptions): ReadContext => {
  const { store, dialect, group, log, logId, readWaitMs = 2_000, waitFor, clock = () => new Date() } = options;
  return {
    ...{ store, log, logId, readWaitMs, waitFor },
    compilation: { dialect, group, effort: 'short' },
    statements: new StatementCache(),
    clock: () => clock().getTime(),
    emptyUpTo: new Map(),
  };
};

export const sessionIn = (
  context: ReadContext,
  registry: EventRegistry,
  filter: AccessFilter,
  budget = new ReadBudget(),
  observer?: ReadObserver,
): ReadSession => new ReadSession(context, registry, filter, budget, observer);
