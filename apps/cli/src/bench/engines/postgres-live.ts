import { join } from 'node:path';
import { type StoredEvent } from '#event-sourcing/log/event-log.js';
import { LOG_FILE } from '#event-sourcing/log/sqlite/log-file.js';
import { projections, registry } from '#investigation/projections.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { buildStore } from '#read-models/postgres/build.js';
import { PostgresProjection } from '#read-models/postgres/projection.js';
import { type Benchmark, ROUNDS } from '../benchmark.js';
import { history } from '../history/history.js';
import { BATCH, eventsAfter } from '../live.js';
import { latencies, resultOf, type Side } from '../rounds.js';
import { newDatabase, postgres } from './engines.js';

/** The last events of the log: those that are followed. */
const FOLLOWED = 5_000;

/** Following a log in batches of 100 events, as `live` does on the embedded engine. */
export const postgresLive: Benchmark = {
  name: 'postgres.live',
  run: async (bench) => {
    const { folder, head, logId } = await history(bench);
    const engine = await postgres(bench);
    const url = await newDatabase(engine);
    const file = join(folder, LOG_FILE);
    const until = Math.max(1, head - FOLLOWED);
    const events = await eventsAfter(file, until);
    const sides: Side[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const schema = `followed_${round}`;
      await buildStore({ url, schema, log: { file }, logId, projections: projectionsModule().href, until }, {});
      sides.push(await followed(new PostgresProjection({ url, schema }, projections, registry, logId), events));
    }
    const about = {
      name: 'postgres.live',
      unit: 'events/s',
      target: 'none: see live beside it',
      note: `the last ${events.length.toLocaleString('en')} of ${head.toLocaleString('en')} events on ${engine.name}; p50 and p99 of a batch`,
    };
    return resultOf(about, { product: sides, ceiling: null }, () => true);
  },
};

async function followed(projection: PostgresProjection, events: readonly StoredEvent[]): Promise<Side> {
  const samples: number[] = [];
  try {
    await projection.reopen();
    const start = performance.now();
    for (let at = 0, now = start; at < events.length; at += BATCH) {
      await projection.apply(events.slice(at, at + BATCH));
      const done = performance.now();
      samples.push(done - now);
      now = done;
    }
    return { value: (events.length * 1000) / (performance.now() - start), ...latencies(samples) };
  } finally {
    await projection.close();
  }
}
