import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { LOG_FILE } from '#event-sourcing/log/sqlite/log-file.js';
import { rebuildStore } from '#read-models/sqlite/rebuild.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { type Benchmark } from './benchmark.js';
import { history } from './history/history.js';
import { inTurns, resultOf, type Side } from './rounds.js';
import { sampleEvents } from './sample-events.js';

/** Rows of one transaction of the ceiling. */
const GROUP = 2_000;

/** All read models of a long log, indexes included, beside one insert of each whole event into a table without any. */
export const rebuild: Benchmark = {
  name: 'rebuild',
  run: async (bench) => {
    const { folder: past, head, logId } = await history(bench);
    const folder = await bench.folder('rebuild');
    const product = async (): Promise<Side> => {
      const file = join(folder, 'rebuilt.sqlite');
      const projections = projectionsModule();
      const start = performance.now();
      const { place } = await rebuildStore({ file, logFile: join(past, LOG_FILE), logId, projections, until: head });
      const value = (place.sequence * 1000) / (performance.now() - start);
      await rm(file);
      return { value };
    };
    const sides = await inTurns(product, () => bareInserts(join(folder, 'bare.sqlite'), head));
    const { size } = await stat(join(past, LOG_FILE));
    const about = {
      name: 'rebuild',
      unit: 'events/s',
      target: '>= 0.3 of one unindexed insert of the whole event per event, and >= 30,000 events/s',
      note: `${head.toLocaleString('en')} events (${Math.round(size / 1e6)} MB), threads started and indexes made within the time`,
    };
    return resultOf(about, sides, ({ ratio, value }) => ratio! >= 0.3 && value >= 30_000);
  },
};

/** Nothing is synced and nothing read: what a single thread with SQLite can do at best. */
async function bareInserts(file: string, count: number): Promise<Side> {
  const events = sampleEvents(GROUP);
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE events (sequence INTEGER PRIMARY KEY, stream TEXT, revision INTEGER, id TEXT, type TEXT,
      schema_version INTEGER, command_id TEXT, command_hash TEXT, hash TEXT, payload TEXT, metadata TEXT)`);
  const insert = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const start = performance.now();
  for (let sequence = 0; sequence < count;) {
    db.exec('BEGIN');
    for (const e of events) {
      sequence++;
      const { id, type, schemaVersion, commandId, commandHash, hash, payload, metadata } = e;
      insert.run(sequence, 'case', 0, id, type, schemaVersion, commandId, commandHash, hash, payload, metadata);
    }
    db.exec('COMMIT');
  }
  const value = (Math.ceil(count / GROUP) * GROUP * 1000) / (performance.now() - start);
  db.close();
  await rm(file);
  return { value };
}
