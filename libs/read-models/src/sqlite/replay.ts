import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '#event-sourcing/is-alive.js';
import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { openLogReader } from '#event-sourcing/log/log-reader.js';
import { type StoreEnd } from '../keeping/store-end.js';
import { type ProjectionGroup } from '../read-model.js';
import { ReadStoreCannotOpen } from '../read-models.js';
import { comparedUntil, type Replayed, type ReplayOptions } from '../replaying.js';
import { countRows, differences } from './compare-stores.js';
import { Projection } from './projection.js';
import { rebuildStore, removeStore } from './rebuild.js';
import { checkGroupOf, openStoreForReading, openStoreForWriting, readCheckpoint, readEnd } from './store-file.js';
import { findStores } from './stores.js';

const LEFT_BEHIND = /^replay-(\d+)\.sqlite/;

/**
 * Rebuilds the read models of a folder from its log, beside those that are served, and compares both row by row at one
 * sequence: `first` is what is served, `second` what follows from the log. Rejects with `LogCannotOpen` and `ReadStoreCannotOpen`.
 */
export async function replay(options: ReplayOptions & { folder: string }): Promise<Replayed> {
  const { folder, group, projections, progress } = options;
  if (!existsSync(folder)) {
    throw new ReadStoreCannotOpen(`There is no folder ${folder}: set DATA_DIR to the one that holds the read models.`);
  }
  const log = await openLogReader(options.log);
  const rebuilt = join(folder, `replay-${process.pid}.sqlite`);
  try {
    removeLeftBehind(folder);
    const logId = await log.identity();
    const file = servedStore(folder, group);
    const until = await comparedUntil(file, endOf(file, group), log);
    const { refused } = await rebuildStore({
      file: rebuilt,
      logFile: options.log,
      logId,
      projections,
      until,
      progress,
    });
    if (refused) return { store: file, sequence: refused.sequence - 1, rows: 0, different: 0, refused };
    return await compare(file, rebuilt, log, options);
  } finally {
    removeStore(rebuilt);
    await log.close();
  }
}

function servedStore(folder: string, group: ProjectionGroup): string {
  const stores = findStores(folder);
  const own = stores.find(({ version }) => version === group.version);
  if (own) return own.store;
  const others = stores.map(({ version }) => version).join(', ');
  throw new ReadStoreCannotOpen(
    `${folder} holds no read models of version ${group.version}${others && ` (but of ${others})`}: start this software's server on it once, or replay with the software that wrote them.`,
  );
}

function endOf(file: string, group: ProjectionGroup): StoreEnd {
  const db = openStoreForReading(file);
  try {
    checkGroupOf(db, file, group);
    return readEnd(db);
  } finally {
    db.close();
  }
}

/** What is served may move on until this very moment: the rebuilt store follows it there, and then it stands still for us. */
async function compare(file: string, rebuilt: string, log: EventLogReader, options: ReplayOptions): Promise<Replayed> {
  const { group, registry, progress, differs } = options;
  const served = openStoreForReading(file);
  const ours = openStoreForWriting(rebuilt, group, await log.identity());
  try {
    served.exec('BEGIN');
    const { sequence } = readCheckpoint(served);
    const projection = new Projection(ours, group, registry);
    const { checkpoint } = projection;
    const rest = log.readAll({ after: checkpoint, limit: sequence - checkpoint.sequence });
    if (sequence > checkpoint.sequence) for await (const events of rest) projection.apply(events);
    const of = countRows(ours);
    let [rows, different] = [0, 0];
    const compared = differences(served, ours, (done) => progress?.({ rows: (rows = done), of }));
    for (const difference of compared) {
      different++;
      differs?.(difference);
    }
    return { store: file, sequence, rows, different, refused: null };
  } finally {
    served.close();
    ours.close();
  }
}

/** What replays that were killed have left. */
function removeLeftBehind(folder: string): void {
  for (const name of readdirSync(folder)) {
    const found = LEFT_BEHIND.exec(name);
    if (found && !isAlive(Number(found[1]))) removeStore(join(folder, name.replace(/-(?:wal|shm)$/, '')));
  }
}
