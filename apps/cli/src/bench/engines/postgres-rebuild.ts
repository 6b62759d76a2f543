import { join } from 'node:path';
import pg from 'pg';
import { LOG_FILE } from '#event-sourcing/log/sqlite/log-file.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { buildStore } from '#read-models/postgres/build.js';
import { type Benchmark } from '../benchmark.js';
import { history } from '../history/history.js';
import { inTurns, resultOf, type Side } from '../rounds.js';
import { sampleEvents } from '../sample-events.js';
import { newDatabase, postgres } from './engines.js';

/** Events of one statement of the ceiling. */
const GROUP = 1_000;

/** All read models of a long log, indexes included, beside one unindexed insert of each whole event. */
export const postgresRebuild: Benchmark = {
  name: 'postgres.rebuild',
  run: async (bench) => {
    const { folder, head, logId } = await history(bench);
    const engine = await postgres(bench);
    const url = await newDatabase(engine);
    let built = 0;
    const product = async (): Promise<Side> => {
      const log = { file: join(folder, LOG_FILE) };
      const projections = projectionsModule().href;
      const start = performance.now();
      await buildStore({ url, schema: `built_${++built}`, log, logId, projections, until: head }, {});
      return { value: (head * 1000) / (performance.now() - start) };
    };
    const sides = await inTurns(product, () => bareInserts(url, head));
    const about = {
      name: 'postgres.rebuild',
      unit: 'events/s',
      target: '>= 0.4 of one unindexed multi-row insert of the whole event, and >= 10,000 events/s',
      note: `${head.toLocaleString('en')} events on ${engine.name}`,
    };
    return resultOf(about, sides, ({ ratio, value }) => ratio! >= 0.4 && value >= 10_000);
  },
};

async function bareInserts(url: string, count: number): Promise<Side> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query('DROP TABLE IF EXISTS bare; SET synchronous_commit TO off');
  await client.query('CREATE TABLE bare (sequence int8, id text, type text, hash text, payload text, metadata text)');
  const events = sampleEvents(GROUP);
  const column = (name: 'id' | 'type' | 'hash' | 'payload' | 'metadata') => events.map((event) => event[name]);
  const start = performance.now();
  for (let done = 0; done < count; done += GROUP) {
    const sequences = events.map((_, n) => done + n);
    await client.query(
      'INSERT INTO bare SELECT * FROM unnest($1::int8[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])',
      [sequences, column('id'), column('type'), column('hash'), column('payload'), column('metadata')],
    );
  }
  const value = (Math.ceil(count / GROUP) * GROUP * 1000) / (performance.now() - start);
  await client.end();
  return { value };
}
