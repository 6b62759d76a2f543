import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { START } from '#event-sourcing/log/event-log.js';
import { openSqliteLog, type SqliteEventLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { EVERYTHING } from '#read-models/access-filter.js';
import { QueryLane } from '#read-models/postgres/query-lane.js';
import { cases } from '../contracts/fixtures/read-store-projections.mjs';
import { noteAdded, opened, Recorder } from '../contracts/read-store.events.js';
import { PATIENCE } from '../contracts/read-store.using.js';
import { until } from '../contracts/until.js';
import { run } from './a-postgres.js';
import { inADatabase } from './in-a-database.js';

/** A database that goes away and comes back. */
await inADatabase((here, postgres) => {
  const { asRebuilt, current, open, somebody, stores, warnings } = here;

  describe('that goes away', () => {
    const itsOwn = postgres?.own ? it : it.skip;
    /** With a log of its own, which what runs is closed before. */
    const withLog = async (use: (its: SqliteEventLog, recorder: Recorder) => Promise<void>): Promise<void> => {
      const its = await openSqliteLog({ folder: await mkdtemp(join(here.folder, 'its-')) });
      try {
        await use(its, await Recorder.of(its));
      } finally {
        await here.running?.close();
        here.running = undefined;
        await its.close();
      }
    };

    itsOwn('say so while it is killed, go on when it is back, and have lost nothing', async () => {
      here.running = await open();
      const id = randomUUID();
      await here.recorder.record(opened(id, 'before'));
      await current();
      await postgres!.own!.kill();
      await here.recorder.record(opened(randomUUID(), 'meanwhile'), noteAdded(id, randomUUID()));
      expect(await here.running.waitFor(here.recorder.head, PATIENCE)).toBe('FAILED');
      expect(here.running.status()).toMatchObject({ state: 'failed', failure: { eventId: null, code: null } });
      expect(here.running.status().failure!.message).toMatch(
        /^The read store postgres:\/\/caseledger:…@127\.0\.0\.1:\d+\/\w+ cannot be (reached|used) \(.*\): .*\.$/,
      );
      const session = here.running.session(EVERYTHING);
      await expect(session.at()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await postgres!.own!.restart();
      await until(() => here.running!.status().state === 'live');
      await current();
      const later = here.running.session(EVERYTHING);
      expect((await later.subject(cases, { id }, await later.at()))!.row.title).toBe('before');
      await asRebuilt();
    });

    itsOwn('write again at once what it lost when it was killed, though nothing more is recorded', async () => {
      const setting = async (text: string) => {
        await run(here.url, text);
        await run(here.url, 'SELECT pg_reload_conf()');
      };
      here.running = await open();
      await current();
      // Commits are told before they are kept, as with a standby that is behind.
      await setting('ALTER SYSTEM SET synchronous_commit = off');
      await setting(`ALTER SYSTEM SET wal_writer_delay = '10s'`);
      await run(here.url, 'CHECKPOINT');
      await here.recorder.record(...Array.from({ length: 5 }, () => opened(randomUUID(), 'told', 1)));
      await current();
      let lowest = here.recorder.head;
      here.running.onMoved(() => (lowest = Math.min(lowest, here.running!.checkpoint)));
      await postgres!.own!.kill();
      await postgres!.own!.restart();
      await until(() => lowest < here.recorder.head && here.running!.checkpoint === here.recorder.head);
      await asRebuilt();
      await setting('ALTER SYSTEM RESET ALL');
    });

    itsOwn('refuse a read that runs when it is killed, and answer again when it is back', async () => {
      const lane = new QueryLane({
        url: here.url,
        schema: 'public',
        connections: 1,
        timeLimitMs: PATIENCE,
        mostWaiting: 1,
      });
      try {
        const read = lane.run('SELECT 1, pg_sleep(60)::text', []);
        const running = `SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'`;
        await until(async () => (await run(here.url, running)).length > 0);
        await Promise.all([expect(read).rejects.toMatchObject({ code: 'UNAVAILABLE' }), postgres!.own!.kill()]);
        await postgres!.own!.restart();
        expect(await lane.run('SELECT 1, NULL', [])).toEqual([1, null]);
      } finally {
        await lane.close();
      }
    });

    itsOwn('refuse reads in time while it is frozen, and go on when it is thawed', async () => {
      here.running = await open();
      await current();
      const session = here.running.session(EVERYTHING);
      const at = await session.at();
      const count = () => session.countSubjects(cases, undefined, 9, at);
      await count();
      await postgres!.own!.freeze();
      try {
        await expect(count()).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
        // Nor is another connection waited for.
        await expect(count()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
        await somebody();
        expect(await here.running.waitFor(here.recorder.head, 50)).toBe('BEHIND');
      } finally {
        await postgres!.own!.thaw();
      }
      await until(() => here.running!.checkpoint === here.recorder.head);
      await asRebuilt();
    });

    itsOwn.each([
      ['when it was killed while they were', false],
      ['though they were told to go on while it was away', true],
    ])('are built all the same %s', async (_, isToldToGoOn) => {
      await withLog(async (large, many) => {
        for (let n = 0; n < 40; n++)
          await many.record(...Array.from({ length: 100 }, () => opened(randomUUID(), 'one of many', 1)));
        here.running = await open(here.url, large, { rebuildBeyond: 0 });
        await postgres!.own!.kill();
        await until(() => here.running!.status().failure !== null);
        if (isToldToGoOn) await expect(here.running.resume()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
        expect(here.running.status()).toMatchObject({ state: 'failed', sequence: 0 });
        await postgres!.own!.restart();
        expect(await here.running.waitFor(many.head, 50)).not.toBe('CURRENT');
        await until(() => here.running!.status().state === 'live');
        expect(here.running.checkpoint).toBe(many.head);
        expect(warnings.filter((warning) => warning.includes('cannot be rebuilt'))).toHaveLength(1);
      });
    });

    itsOwn('know that it passes when what was built cannot be followed', async () => {
      await somebody();
      const database = await stores();
      const [store, nobody] = ['caseledger_read_1', () => undefined];
      const refusal = () => database.follow(store, START, nobody).then(nobody, (error: Error) => error);
      const notThere = await refusal();
      expect(notThere!.message).toMatch(/was removed from its database \(.*\): .*start again.*\.$/);
      await postgres!.own!.kill();
      const away = await refusal();
      await postgres!.own!.restart();
      await database.close();
      expect(away!.message).toMatch(/cannot be (reached|used) \(.*\): .*\.$/);
      expect([notThere, away].map((error) => database.isPassing(error))).toEqual([false, true]);
    });

    itsOwn('go on from far behind when it is back, though they were told to while it was away', async () => {
      await withLog(async (few, its) => {
        here.running = await open(here.url, few, { rebuildBeyond: 2 });
        await until(() => here.running!.status().state === 'live');
        const stood = its.head;
        await postgres!.own!.kill();
        await its.record(...Array.from({ length: 9 }, () => opened(randomUUID(), 'meanwhile', 1)));
        await until(() => here.running!.status().failure !== null);
        await expect(here.running.resume()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
        expect(here.running.status()).toMatchObject({ state: 'failed', sequence: stood });
        await postgres!.own!.restart();
        await until(() => here.running!.status().state === 'live');
        expect(here.running.checkpoint).toBe(its.head);
      });
    });

    it('go on when its connections are ended', async () => {
      here.running = await open();
      await current();
      const others = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
      await run(here.url, others);
      await somebody();
      await until(() => here.running!.checkpoint === here.recorder.head);
      await asRebuilt();
      // It holds the right to write again.
      const held = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = 1`;
      await until(async () => (await run(here.url, held)).length > 0);
    });
  });
});
