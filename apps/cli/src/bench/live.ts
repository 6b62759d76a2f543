import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type StoredEvent } from '#event-sourcing/log/event-log.js';
import { openSqliteLogReader } from '#event-sourcing/log/sqlite/reader.js';
import { LOG_FILE } from '#event-sourcing/log/sqlite/log-file.js';
import { projections, registry } from '#investigation/projections.js';
import { Projection } from '#read-models/sqlite/projection.js';
import { rebuildStore } from '#read-models/sqlite/rebuild.js';
import { openStoreForWriting } from '#read-models/sqlite/store-file.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { type Benchmark, ROUNDS } from './benchmark.js';
import { history } from './history/history.js';
import { latencies, resultOf, type Side } from './rounds.js';

export const BATCH = 100;
/** The last events of the log: those that are followed. */
const FOLLOWED = 20_000;

/** Following a log: batches of 100 events, each one transaction, into a store that holds all the others, with its indexes. */
export const live: Benchmark = {
  name: 'live',
  run: async (bench) => {
    const { folder: past, head, logId } = await history(bench);
    const folder = await bench.folder('live');
    const until = Math.max(1, head - FOLLOWED);
    const logFile = join(past, LOG_FILE);
    const before = join(folder, 'before.sqlite');
    const module = projectionsModule();
    await rebuildStore({ file: before, logFile, logId, projections: module, until });
    const events = await eventsAfter(logFile, until);
    const sides: Side[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const file = join(folder, `round-${round}.sqlite`);
      await copyFile(before, file);
      sides.push(followed(file, logId, events));
      await rm(file);
    }
    const about = {
      name: 'live',
      unit: 'events/s',
      target: '>= 5,000 events/s in batches of 100',
      note: `the last ${events.length.toLocaleString('en')} of ${head.toLocaleString('en')} events; p50 and p99 of a batch`,
    };
    return resultOf(about, { product: sides, ceiling: null }, ({ value }) => value >= 5_000);
  },
};

/** What stands behind this sequence. */
export async function eventsAfter(logFile: string, sequence: number): Promise<StoredEvent[]> {
  const log = openSqliteLogReader({ file: logFile });
  const events: StoredEvent[] = [];
  try {
    for await (const page of log.readAll({ after: { sequence, position: String(sequence) } })) events.push(...page);
    return events;
  } finally {
    await log.close();
  }
}

function followed(file: string, logId: string, events: readonly StoredEvent[]): Side {
  const db = openStoreForWriting(file, projections, logId);
  try {
    const projection = new Projection(db, projections, registry);
    const samples: number[] = [];
    const start = performance.now();
    for (let at = 0, now = start; at < events.length; at += BATCH) {
      projection.apply(events.slice(at, at + BATCH));
      const done = performance.now();
      samples.push(done - now);
      now = done;
    }
    return { value: (events.length * 1000) / (performance.now() - start), ...latencies(samples) };
  } finally {
    db.close();
  }
}
