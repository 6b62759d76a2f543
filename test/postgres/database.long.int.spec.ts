import { randomUUID } from 'node:crypto';
import { START } from '#event-sourcing/log/event-log.js';
import { EVERYTHING } from '#read-models/access-filter.js';
import { connect } from '#read-models/postgres/connection.js';
import { migrate } from '#read-models/postgres/migrations.js';
import { PostgresReadStore } from '#read-models/postgres/postgres-read-store.js';
import { StoreBuilder } from '#read-models/postgres/store-builder.js';
import { type Statement } from '#read-models/read-store.js';
import { cases, projections as group } from '../contracts/fixtures/read-store-projections.mjs';
import { noteAdded, opened } from '../contracts/read-store.events.js';
import { until } from '../contracts/until.js';
import { run } from './a-postgres.js';
import { inADatabase } from './in-a-database.js';

/** Of no read models. */
const NO_GROUP = { version: 1, category: 'case', models: [], access: new Map(), told: { gained: '', lost: '' } };

await inADatabase((here) => {
  const { asRebuilt, current, open, somebody, stores } = here;

  it('are written in as many transactions as large rows take, and are the same', async () => {
    here.running = await open();
    await current();
    await here.running.pause();
    const caseId = randomUUID();
    await here.recorder.record(opened(caseId, 'a case', 1));
    for (let n = 0; n < 24; n++) await here.recorder.record(noteAdded(caseId, randomUUID(), 'x'.repeat(500_000)));
    await here.running.resume();
    await current();
    await asRebuilt();
  });

  it('end a statement at its time limit, in the server too', async () => {
    const store = new PostgresReadStore({ url: here.url, schema: 'public', group: NO_GROUP, timeLimitMs: 200 });
    const sleep: Statement = { sql: 'SELECT 1::int8, pg_sleep(30)::text', slots: [], forms: [] };
    try {
      for (const effort of ['short', 'long'] as const) {
        const query = store.run({ statement: sleep, named: {}, values: [] }, effort);
        await expect(query).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED', details: { allowed: 200 } });
      }
      const left = await run(
        here.url,
        `SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()`,
      );
      expect(left).toEqual([]);
      const waits = Array.from({ length: 150 }, () => store.run({ statement: sleep, named: {}, values: [] }, 'long'));
      const ends = (await Promise.allSettled(waits)).map((end) => (end as PromiseRejectedResult).reason.code as string);
      expect(new Set(ends)).toEqual(new Set(['LIMIT_EXCEEDED', 'OVERLOADED']));
      expect(ends.filter((code) => code === 'OVERLOADED').length).toBeGreaterThanOrEqual(48);
    } finally {
      await store.close();
    }
  });

  it('write nothing to it', async () => {
    const store = new PostgresReadStore({ url: here.url, schema: 'public', group: NO_GROUP, timeLimitMs: 200 });
    const statement: Statement = { sql: 'CREATE TABLE taken (one int)', slots: [], forms: [] };
    await expect(store.run({ statement, named: {}, values: [] }, 'short')).rejects.toThrow('read-only transaction');
    await store.close();
  });

  it('say so where somebody removed them, and are there again after the next start', async () => {
    here.running = await open();
    await somebody();
    await current();
    const session = here.running.session(EVERYTHING);
    const at = await session.at();
    await run(here.url, 'DROP SCHEMA caseledger_read_1 CASCADE');
    const removed = { code: 'UNAVAILABLE', message: expect.stringContaining('was removed from its database') };
    await expect(session.countSubjects(cases, undefined, 9, at)).rejects.toMatchObject(removed);
    await somebody();
    await until(() => here.running!.status().state === 'failed');
    expect(here.running.status().failure?.message).toMatch(
      /was removed from its database \(.*\): drop what is left .* start again/,
    );
    await here.running.close();
    here.running = await open();
    await current();
    await asRebuilt();
  });

  it('are built by a server whatever becomes of the build of another, from which it has taken over', async () => {
    await somebody();
    const database = await stores();
    const [store, logId] = ['caseledger_read_1', await here.log.identity()];
    const ours = await StoreBuilder.begin(here.url, store, group, logId);
    try {
      await run(here.url, `CREATE SCHEMA ${store}`);
      await expect(database.build(store, {})).rejects.toThrow(`schema "${store}" already exists`);
      await run(here.url, `DROP SCHEMA ${store}`);
      await ours.finish({ ...START, logTime: 0 });
    } finally {
      await ours.close();
    }
    expect((await database.find()).map((one) => one.store)).toEqual([store]);
    const unfinished = `SELECT 1 FROM pg_namespace WHERE nspname LIKE '%building%'`;
    expect(await run(here.url, unfinished)).toEqual([]);
  });

  describe('have in common', () => {
    it('what is changed step by step, once, by whoever comes first', async () => {
      const steps = ['CREATE TABLE caseledger.first (one int)', 'CREATE TABLE caseledger.second (one int)'];
      const clients = await Promise.all([0, 1, 2].map(() => connect(here.url)));
      try {
        await Promise.all(clients.map((client) => migrate(client, steps.slice(0, 1))));
        await Promise.all(clients.map((client) => migrate(client, steps)));
        expect(await run(here.url, 'SELECT step FROM caseledger.migrations ORDER BY step')).toEqual([
          { step: 1 },
          { step: 2 },
        ]);
        await expect(migrate(clients[0], steps.slice(0, 1))).rejects.toThrow(
          'was changed by newer software (step 2; this one knows 1)',
        );
        // A step that fails leaves nothing of itself.
        await expect(migrate(clients[0], [...steps, 'CREATE TABLE caseledger.first (one int)'])).rejects.toThrow(
          'exists',
        );
        expect(await run(here.url, 'SELECT count(*)::int AS done FROM caseledger.migrations')).toEqual([{ done: 2 }]);
      } finally {
        for (const client of clients) await client.end();
      }
    });
  });
});
