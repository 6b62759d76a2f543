import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Client } from 'pg';
import { type FollowOptions, START } from '#event-sourcing/log/event-log.js';
import { openSqliteLog, type SqliteEventLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { type AccessFilter, EVERYTHING } from '#read-models/access-filter.js';
import { buildStore } from '#read-models/postgres/build.js';
import { connect } from '#read-models/postgres/connection.js';
import { migrate } from '#read-models/postgres/migrations.js';
import { OwnerLock } from '#read-models/postgres/owner-lock.js';
import { openPostgresReadModels, type PostgresReadModelsOptions } from '#read-models/postgres/postgres-read-models.js';
import { PostgresReadStore } from '#read-models/postgres/postgres-read-store.js';
import { PostgresProjection } from '#read-models/postgres/projection.js';
import { type SharedReadModels } from '#read-models/postgres/shared-read-models.js';
import { QueryLane } from '#read-models/postgres/query-lane.js';
import { KeptAccess } from '#read-models/keeping/kept-access.js';
import { checkRecordedHead } from '#read-models/keeping/recorded-head.js';
import { StoreBuilder } from '#read-models/postgres/store-builder.js';
import { StoreDatabase } from '#read-models/postgres/store-database.js';
import { checkServer } from '#read-models/postgres/server-check.js';
import { TextIndex } from '#read-models/postgres/text-index.js';
import { type Statement } from '#read-models/read-store.js';
import { cases, projections as group, registry } from '../contracts/fixtures/read-store-projections.mjs';
import { all } from '../contracts/event-log.events.js';
import { BEGINNING, happening, noteAdded, opened, Recorder } from '../contracts/read-store.events.js';
import { PATIENCE } from '../contracts/read-store.using.js';
import { Proxy } from '../eventstoredb/proxy.js';
import { aPostgres, run } from './a-postgres.js';
import { rowsIn } from './rows-in.js';

/** Of no read models. */
const NO_GROUP = { version: 1, category: 'case', models: [], access: new Map(), told: { gained: '', lost: '' } };

const postgres = await aPostgres({ killed: true });
const projections = new URL('../contracts/fixtures/bundled/read-store-projections.mjs', import.meta.url);

/** What read models do with the database that holds them, and it with them; the rest is the contract's. */
(postgres ? describe : describe.skip)('read models in a PostgreSQL database', () => {
  let folder: string;
  let log: SqliteEventLog;
  let recorder: Recorder;
  let url: string;
  let running: SharedReadModels | undefined;
  const warnings: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caseledger-postgres-log-'));
    log = await openSqliteLog({ folder, clock: () => new Date(BEGINNING) });
    recorder = await Recorder.of(log);
  });
  beforeEach(async () => {
    url = await postgres!.database();
    warnings.length = 0;
  });
  afterEach(async () => {
    await running?.close();
    running = undefined;
  });
  afterAll(async () => {
    await log.close();
    await rm(folder, { recursive: true });
    await postgres!.end();
  });

  const open = (at = url, from = log, more: Partial<PostgresReadModelsOptions> = {}) =>
    openPostgresReadModels({
      ...{ url: at, log: from, group, registry, projections, readWaitMs: 50, timeLimitMs: 500, ...more },
      logHandle: () => from.readerHandle(),
      warn: (message) => warnings.push(message),
    });
  const current = async () => expect(await running!.waitFor(recorder.head, PATIENCE)).toBe('CURRENT');
  const asRebuilt = async () => {
    const from = { url, logId: await log.identity(), log: { file: log.file }, until: undefined };
    await run(url, 'DROP SCHEMA IF EXISTS again CASCADE');
    await buildStore({ ...from, schema: 'again', projections: projections.href }, {});
    expect(await rowsIn(url, 'caseledger_read_1')).toEqual(await rowsIn(url, 'again'));
  };
  const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    // Not in every turn: the threads that are waited for need the processor.
    while (!(await isSo())) await pause(5);
  };
  const somebody = () => recorder.record(opened(randomUUID(), 'a case', 1), noteAdded(randomUUID(), randomUUID()));

  describe('that goes away', () => {
    const itsOwn = postgres?.own ? it : it.skip;
    /** With a log of its own, which what runs is closed before. */
    const withLog = async (use: (its: SqliteEventLog, recorder: Recorder) => Promise<void>): Promise<void> => {
      const its = await openSqliteLog({ folder: await mkdtemp(join(folder, 'its-')) });
      try {
        await use(its, await Recorder.of(its));
      } finally {
        await running?.close();
        running = undefined;
        await its.close();
      }
    };

    itsOwn('say so while it is killed, go on when it is back, and have lost nothing', async () => {
      running = await open();
      const id = randomUUID();
      await recorder.record(opened(id, 'before'));
      await current();
      await postgres!.own!.kill();
      await recorder.record(opened(randomUUID(), 'meanwhile'), noteAdded(id, randomUUID()));
      expect(await running.waitFor(recorder.head, PATIENCE)).toBe('FAILED');
      expect(running.status()).toMatchObject({ state: 'failed', failure: { eventId: null, code: null } });
      expect(running.status().failure!.message).toMatch(
        /^The read store postgres:\/\/caseledger:…@127\.0\.0\.1:\d+\/\w+ cannot be (reached|used) \(.*\): .*\.$/,
      );
      const session = running.session(EVERYTHING);
      await expect(session.at()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await postgres!.own!.restart();
      await until(() => running!.status().state === 'live');
      await current();
      const later = running.session(EVERYTHING);
      expect((await later.subject(cases, { id }, await later.at()))!.row.title).toBe('before');
      await asRebuilt();
    });

    itsOwn('write again at once what it lost when it was killed, though nothing more is recorded', async () => {
      const setting = async (text: string) => {
        await run(url, text);
        await run(url, 'SELECT pg_reload_conf()');
      };
      running = await open();
      await current();
      // Commits are told before they are kept, as with a standby that is behind.
      await setting('ALTER SYSTEM SET synchronous_commit = off');
      await setting(`ALTER SYSTEM SET wal_writer_delay = '10s'`);
      await run(url, 'CHECKPOINT');
      await recorder.record(...Array.from({ length: 5 }, () => opened(randomUUID(), 'told', 1)));
      await current();
      let lowest = recorder.head;
      running.onMoved(() => (lowest = Math.min(lowest, running!.checkpoint)));
      await postgres!.own!.kill();
      await postgres!.own!.restart();
      await until(() => lowest < recorder.head && running!.checkpoint === recorder.head);
      await asRebuilt();
      await setting('ALTER SYSTEM RESET ALL');
    });

    itsOwn('refuse a read that runs when it is killed, and answer again when it is back', async () => {
      const lane = new QueryLane({ url, schema: 'public', connections: 1, timeLimitMs: PATIENCE, mostWaiting: 1 });
      try {
        const read = lane.run('SELECT 1, pg_sleep(60)::text', []);
        const running = `SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'`;
        await until(async () => (await run(url, running)).length > 0);
        await Promise.all([expect(read).rejects.toMatchObject({ code: 'UNAVAILABLE' }), postgres!.own!.kill()]);
        await postgres!.own!.restart();
        expect(await lane.run('SELECT 1, NULL', [])).toEqual([1, null]);
      } finally {
        await lane.close();
      }
    });

    itsOwn('refuse reads in time while it is frozen, and go on when it is thawed', async () => {
      running = await open();
      await current();
      const session = running.session(EVERYTHING);
      const at = await session.at();
      const count = () => session.countSubjects(cases, undefined, 9, at);
      await count();
      await postgres!.own!.freeze();
      try {
        await expect(count()).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
        // Nor is another connection waited for.
        await expect(count()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
        await somebody();
        expect(await running.waitFor(recorder.head, 50)).toBe('BEHIND');
      } finally {
        await postgres!.own!.thaw();
      }
      await until(() => running!.checkpoint === recorder.head);
      await asRebuilt();
    });

    itsOwn.each([
      ['when it was killed while they were', false],
      ['though they were told to go on while it was away', true],
    ])('are built all the same %s', async (_, isToldToGoOn) => {
      await withLog(async (large, many) => {
        for (let n = 0; n < 40; n++)
          await many.record(...Array.from({ length: 100 }, () => opened(randomUUID(), 'one of many', 1)));
        running = await open(url, large, { rebuildBeyond: 0 });
        await postgres!.own!.kill();
        await until(() => running!.status().failure !== null);
        if (isToldToGoOn) await expect(running.resume()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
        expect(running.status()).toMatchObject({ state: 'failed', sequence: 0 });
        await postgres!.own!.restart();
        expect(await running.waitFor(many.head, 50)).not.toBe('CURRENT');
        await until(() => running!.status().state === 'live');
        expect(running.checkpoint).toBe(many.head);
        expect(warnings.filter((warning) => warning.includes('cannot be rebuilt'))).toHaveLength(1);
      });
    });

    itsOwn('know that it passes when what was built cannot be followed', async () => {
      await somebody();
      const from = { url, log, group, projections, warn: (message: string) => warnings.push(message) };
      const database = await StoreDatabase.open({ ...from, logHandle: () => log.readerHandle() });
      const [store, nobody] = ['caseledger_read_1', () => undefined];
      const refusal = () => database.follow(store, START, nobody).then(nobody, (error: Error) => error);
      const notThere = await refusal();
      expect(notThere!.message).toMatch(/cannot be used \(.*\): .*\.$/);
      await postgres!.own!.kill();
      const away = await refusal();
      await postgres!.own!.restart();
      await database.close();
      expect(away!.message).toMatch(/cannot be (reached|used) \(.*\): .*\.$/);
      expect([notThere, away].map((error) => database.isPassing(error))).toEqual([false, true]);
    });

    itsOwn('go on from far behind when it is back, though they were told to while it was away', async () => {
      await withLog(async (few, its) => {
        running = await open(url, few, { rebuildBeyond: 2 });
        await until(() => running!.status().state === 'live');
        const stood = its.head;
        await postgres!.own!.kill();
        await its.record(...Array.from({ length: 9 }, () => opened(randomUUID(), 'meanwhile', 1)));
        await until(() => running!.status().failure !== null);
        await expect(running.resume()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
        expect(running.status()).toMatchObject({ state: 'failed', sequence: stood });
        await postgres!.own!.restart();
        await until(() => running!.status().state === 'live');
        expect(running.checkpoint).toBe(its.head);
      });
    });

    it('go on when its connections are ended', async () => {
      running = await open();
      await current();
      const others = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
      await run(url, others);
      await somebody();
      await until(() => running!.checkpoint === recorder.head);
      await asRebuilt();
      // It holds the right to write again.
      const held = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = 1`;
      await until(async () => (await run(url, held)).length > 0);
    });
  });

  it('are written in as many transactions as large rows take, and are the same', async () => {
    running = await open();
    await current();
    await running.pause();
    const caseId = randomUUID();
    await recorder.record(opened(caseId, 'a case', 1));
    for (let n = 0; n < 24; n++) await recorder.record(noteAdded(caseId, randomUUID(), 'x'.repeat(500_000)));
    await running.resume();
    await current();
    await asRebuilt();
  });

  it('end a statement at its time limit, in the server too', async () => {
    const store = new PostgresReadStore({ url, schema: 'public', group: NO_GROUP, timeLimitMs: 200 });
    const sleep: Statement = { sql: 'SELECT 1::int8, pg_sleep(30)::text', slots: [], forms: [] };
    try {
      for (const effort of ['short', 'long'] as const) {
        const query = store.run({ statement: sleep, named: {}, values: [] }, effort);
        await expect(query).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED', details: { allowed: 200 } });
      }
      const left = await run(
        url,
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
    const store = new PostgresReadStore({ url, schema: 'public', group: NO_GROUP, timeLimitMs: 200 });
    const statement: Statement = { sql: 'CREATE TABLE taken (one int)', slots: [], forms: [] };
    await expect(store.run({ statement, named: {}, values: [] }, 'short')).rejects.toThrow('read-only transaction');
    await store.close();
  });

  describe('that several servers share', () => {
    let other: SharedReadModels | undefined;
    afterEach(async () => {
      await other?.close();
      other = undefined;
    });
    const seen = async (readModels: SharedReadModels, id: string) => {
      const session = readModels.session(EVERYTHING);
      return (await session.subject(cases, { id }, await session.at()))?.row.title;
    };

    it('are written by the first; the others wait for what it has written, and show it', async () => {
      running = await open();
      other = await open();
      expect([running.isActive, other.isActive]).toEqual([true, false]);
      for (let n = 0; n < 20; n++) {
        const id = randomUUID();
        await recorder.record(opened(id, `case ${n}`));
        expect(await other.waitFor(recorder.head, PATIENCE)).toBe('CURRENT');
        expect(await seen(other, id)).toBe(`case ${n}`);
      }
      await running.pause();
      await until(() => other!.status().state === 'paused');
      await somebody();
      expect(await other.waitFor(recorder.head, 50)).toBe('BEHIND');
      await running.resume();
      expect(await other.waitFor(recorder.head, PATIENCE)).toBe('CURRENT');
      expect(await other.projections()).toMatchObject([{ store: 'caseledger_read_1', serving: true, state: 'live' }]);
      // The other one does as it is told, and is refused what cannot be.
      await other.pause();
      expect([running.status().state, other.status().state]).toEqual(['paused', 'paused']);
      await expect(other.rollBack()).rejects.toMatchObject({ code: 'NO_OTHER_STORE' });
      await other.resume();
      await until(() => running!.status().state === 'live');
      expect(warnings).toEqual([]);
    });

    it('are steered by nobody while nobody writes them: nothing is done later either', async () => {
      running = await open();
      await current();
      other = await open(url, log, { writes: false });
      await until(() => other!.status().state === 'live');
      await running.close();
      running = undefined;
      await expect(other.pause()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      running = await open();
      await somebody();
      await current();
      expect(running.status().state).toBe('live');
      expect(await run(url, 'SELECT 1 FROM caseledger.steering')).toEqual([]);
    });

    it('go on, whatever else is notified in the database', async () => {
      running = await open();
      other = await open();
      for (const payload of ["''", "'none of ours'", "'null'", "'5'", `'{"by":"me"}'`])
        await run(url, `NOTIFY caseledger_read_models, ${payload}`);
      const id = randomUUID();
      await recorder.record(opened(id, 'after it'));
      expect(await other.waitFor(recorder.head, PATIENCE)).toBe('CURRENT');
      expect(await seen(other, id)).toBe('after it');
    });

    it('are read on while a fresh one takes over, and by software that can read them only', async () => {
      const id = randomUUID();
      running = await open();
      await recorder.record(opened(id, 'read on'));
      other = await open(url, log, { writes: false });
      const newer = await open(url, log, { writes: false, group: { ...group, version: 2 } });
      try {
        await until(() => newer.status().state === 'paused');
        const read = newer.session(EVERYTHING).at();
        await expect(read).rejects.toMatchObject({
          code: 'UNAVAILABLE',
          message: expect.stringContaining('version 1'),
        });
        expect(await other.waitFor(recorder.head, PATIENCE)).toBe('CURRENT');
        await running.close();
        let [isTaken, titles] = [false, new Set<unknown>()];
        const taking = open().then((taken) => {
          running = taken;
          isTaken = true;
        });
        while (!isTaken) titles = titles.add(await seen(other, id));
        await taking;
        await somebody();
        expect(await other.waitFor(recorder.head, PATIENCE)).toBe('CURRENT');
        expect([...titles, await seen(other, id)]).toEqual(['read on', 'read on']);
        expect([running.isActive, other.isActive, newer.isActive]).toEqual([true, false, false]);
      } finally {
        await newer.close();
      }
    });

    it('that are rebuilt stay closed to those it was taken from while another takes over', async () => {
      const small = await openSqliteLog({ folder: await mkdtemp(join(folder, 'small-')) });
      const theirs = { ...EVERYTHING, subjects: { anybody: true, holders: [], fromGrant: false } };
      const id = randomUUID();
      const title = async (filter: AccessFilter) => {
        const session = other!.session(filter);
        return (await session.subject(cases, { id }, await session.at()))?.row.title;
      };
      let letGo = (): void => undefined;
      try {
        const some = await Recorder.of(small);
        await some.record(opened(id, 'taken back'));
        running = await open(url, small);
        expect(await running.waitFor(some.head, PATIENCE)).toBe('CURRENT');
        await running.close();
        await some.record(happening(id, 'ClosedOff'));
        // Its own store is far behind, and is served as it was left.
        running = await open(url, small, { rebuildBeyond: 0 });
        await running.pause();
        other = await open(url, small, { writes: false });
        await until(() => other!.status().state === 'paused');
        expect([await title(EVERYTHING), await title(theirs)]).toEqual(['taken back', undefined]);
        await running.close();
        const isHeld = new Promise<void>((resolve) => {
          const held = Object.assign(Object.create(small) as typeof small, {
            async *follow(options: FollowOptions) {
              resolve();
              await new Promise<void>((go) => (letGo = go));
              yield* small.follow(options);
            },
          });
          void open(url, held, { rebuildBeyond: 0 }).then((taken) => (running = taken));
        });
        await isHeld;
        expect([await title(EVERYTHING), await title(theirs)]).toEqual(['taken back', undefined]);
        letGo();
        await until(() => running!.status().state === 'live');
      } finally {
        letGo();
        await other?.close();
        await running?.close();
        [running, other] = [undefined, undefined];
        await small.close();
      }
    });

    it('are taken over when the one that writes ends, within five seconds', async () => {
      running = await open();
      await current();
      other = await open();
      const since = performance.now();
      await running.close();
      await somebody();
      expect(await other.waitFor(recorder.head, PATIENCE)).toBe('CURRENT');
      expect(performance.now() - since).toBeLessThan(5_000);
      expect(other.isActive).toBe(true);
      await asRebuilt();
      // The first comes back as one of the others.
      running = await open();
      expect(running.isActive).toBe(false);
      await somebody();
      await current();
    });

    it('are taken over from one that stands still, which writes nothing when it goes on and then reads', async () => {
      await open().then((made) => made.close());
      // It holds the right to write, and says nothing.
      const silent = await connect(url);
      await silent.query('SET application_name TO silent');
      await silent.query('SELECT pg_advisory_lock($1, 1)', [0x4352444d]);
      const isEnded = new Promise((resolve) => silent.once('end', resolve));
      const since = performance.now();
      running = await open();
      expect(running.isActive).toBe(false);
      await until(() => running!.isActive);
      expect(performance.now() - since).toBeLessThan(5_000);
      await isEnded;
      await somebody();
      await current();
      await asRebuilt();
    });

    it('are taken over, too, by one whose connections nobody is at the other end of any more', async () => {
      const proxy = await Proxy.start(url);
      try {
        running = await open();
        await current();
        other = await open(proxy.url);
        await until(() => other!.status().state === 'live');
        proxy.forget();
        await running.close();
        running = undefined;
        await until(() => other!.isActive);
      } finally {
        await other?.close();
        other = undefined;
        await proxy.stop();
      }
    });

    it('are given up by one whose connections nobody is at the other end of any more', async () => {
      const proxy = await Proxy.start(url);
      try {
        running = await open(proxy.url);
        await current();
        other = await open();
        proxy.forget();
        // What it writes at that moment never comes back either, and does not keep it from reading what the other one writes.
        await somebody();
        await until(() => other!.isActive);
        await until(() => !running!.isActive);
        await somebody();
        await current();
      } finally {
        await running?.close();
        running = undefined;
        await proxy.stop();
      }
    });

    it('are kept by one that is alone with a connection that nobody is at the other end of any more', async () => {
      const proxy = await Proxy.start(url);
      const holders = () =>
        run(
          url,
          `SELECT pid FROM pg_locks JOIN pg_database AS d ON d.oid = database
           WHERE locktype = 'advisory' AND objid = 1 AND granted AND datname = current_database()`,
        );
      try {
        running = await open(proxy.url);
        await current();
        const [{ pid }] = await holders();
        proxy.forget();
        await until(async () => (await holders()).some((one) => one.pid !== pid));
        expect(running.isActive).toBe(true);
        expect(warnings.filter((one) => one.startsWith('Another server'))).toEqual([]);
      } finally {
        await running?.close();
        running = undefined;
        await proxy.stop();
      }
    });

    it('are removed by none that finds its log to be older while another writes them', async () => {
      running = await open();
      await somebody();
      await current();
      const older = Object.assign(Object.create(log) as typeof log, {
        head: () => Promise.resolve({ sequence: 1, position: '1' }),
      });
      const warn = (message: string) => warnings.push(message);
      const from = { url, log, group, projections, warn };
      const database = await StoreDatabase.open({ ...from, logHandle: () => log.readerHandle() });
      const check = () => checkRecordedHead(database, older, { accept: true, builds: true, warn });
      await expect(check()).rejects.toThrow(/another server writes caseledger_read_1: end that one/);
      expect(await database.find()).toHaveLength(1);
      await running.close();
      running = undefined;
      // Of a machine that is gone the session may stay for hours.
      const silent = await connect(url);
      await silent.query('SET application_name TO silent');
      await silent.query('SELECT pg_advisory_lock($1, 1)', [0x4352444d]);
      await expect(check()).rejects.toThrow('another server writes');
      await silent.query(`UPDATE caseledger.stores SET alive_at = now() - interval '1 minute'`);
      await check();
      await silent.end();
      expect(await database.find()).toEqual([]);
      expect(warnings).toEqual([expect.stringContaining('An older log is accepted')]);
    });

    it('are given back by one whose session was ended while another took over', async () => {
      running = await open();
      await current();
      other = await open();
      const client = await connect(url);
      expect(await OwnerLock.endSilentHolder(client)).toBe(false);
      // In one transaction, as the one that holds it says every second that it is alive.
      await client.query(`BEGIN; UPDATE caseledger.stores SET alive_at = now() - interval '1 minute'`);
      expect(await OwnerLock.endSilentHolder(client)).toBe(true);
      await client.query('COMMIT');
      await client.end();
      // One of the two has the right to write by then; what is recorded is written once.
      for (let n = 0; n < 5; n++) await somebody();
      await until(() => running!.checkpoint === recorder.head && other!.checkpoint === recorder.head);
      await until(() => running!.isActive !== other!.isActive);
      await asRebuilt();
    });
  });

  it('are not written by a projector that another has passed by', async () => {
    await somebody();
    running = await open();
    await current();
    await running.close();
    running = undefined;
    const store = { url, schema: 'caseledger_read_1' };
    const logId = await log.identity();
    const [woken, active] = [0, 1].map(() => new PostgresProjection(store, group, registry, logId));
    try {
      await woken.reopen();
      await active.reopen();
      await somebody();
      await somebody();
      const events = await all(log.readAll());
      await active.apply(events.slice(0, -1));
      await expect(woken.apply(events.slice(0, -2))).rejects.toThrow('Another process writes the read store');
      await expect(woken.apply(events)).rejects.toThrow('Another process writes the read store');
      // It finds out where the store stands, and could go on from there.
      await woken.reopen();
      expect(woken.checkpoint.sequence).toBe(recorder.head - 1);
      await woken.apply(events);
    } finally {
      await woken.close();
      await active.close();
    }
    await asRebuilt();
  });

  it('are built by a server whatever becomes of the build of another, from which it has taken over', async () => {
    await somebody();
    const warn = (message: string) => warnings.push(message);
    const from = { url, log, group, projections, warn };
    const database = await StoreDatabase.open({ ...from, logHandle: () => log.readerHandle() });
    const [store, logId] = ['caseledger_read_1', await log.identity()];
    const ours = await StoreBuilder.begin(url, store, group, logId);
    try {
      await run(url, `CREATE SCHEMA ${store}`);
      await expect(database.build(store, {})).rejects.toThrow(`schema "${store}" already exists`);
      await run(url, `DROP SCHEMA ${store}`);
      await ours.finish({ ...START, logTime: 0 });
    } finally {
      await ours.close();
    }
    expect((await database.find()).map((one) => one.store)).toEqual([store]);
    const unfinished = `SELECT 1 FROM pg_namespace WHERE nspname LIKE '%building%'`;
    expect(await run(url, unfinished)).toEqual([]);
  });

  describe('over connections that nobody is at the other end of any more', () => {
    let proxy: Proxy;
    let database: StoreDatabase;
    const schema = 'caseledger_read_1';
    beforeEach(async () => {
      running = await open();
      await somebody();
      await current();
      await running.close();
      running = undefined;
      proxy = await Proxy.start(url);
      const from = { url: proxy.url, log, group, projections, warn: (message: string) => warnings.push(message) };
      database = await StoreDatabase.open({ ...from, logHandle: () => log.readerHandle() });
    });
    afterEach(() => proxy.stop());
    /** What would be waited for a minute is waited for a moment. */
    const soon = async (run: () => Promise<void>): Promise<void> => {
      const { setTimeout: real } = globalThis;
      const sooner = (told: () => void, ms?: number) => real(told, ms === 60_000 ? 50 : ms);
      const set = jest.spyOn(globalThis, 'setTimeout').mockImplementation(sooner);
      await run().finally(() => set.mockRestore());
    };
    /** Follows who may see what in the store as it stands; `begins` is called whenever something of it is to be written. */
    const keepAccess = async (failed: (error: unknown) => void, begins: () => void = () => undefined) => {
      const access = async (store: string) => {
        const its = await database.access(store);
        const begin = its.begin.bind(its);
        return Object.assign(its, { begin: () => (begins(), begin()) });
      };
      const place = Object.assign(Object.create(database) as StoreDatabase, { access });
      const kept = { store: schema, version: 1, generation: 1, checkpoint: await log.head() };
      return new KeptAccess(kept, { place, log, group, registry }, failed);
    };

    it('are searched again, and keep who may see them, after a minute that nothing came back in', async () => {
      const texts = new TextIndex({ url: proxy.url, schema, group });
      const failures: unknown[] = [];
      const kept = await keepAccess((error) => failures.push(error));
      await kept.current;
      expect(await texts.upToDate(PATIENCE)).toBe(true);
      proxy.forget();
      await soon(async () => {
        await expect(texts.upToDate(PATIENCE)).rejects.toThrow('Query read timeout');
        await somebody();
        await until(() => failures.length > 0);
      });
      expect(database.isPassing(failures[0])).toBe(true);
      expect(await texts.upToDate(PATIENCE)).toBe(true);
      await kept.end();
      await texts.close();
    });

    it('are let go at the end all the same, while who may see them is being written', async () => {
      let times = 0;
      const kept = await keepAccess(
        () => undefined,
        () => times++,
      );
      await kept.current;
      proxy.forget();
      await somebody();
      await until(() => times === 2);
      await kept.end();
    });

    it('are built no further once the build is ended, and nothing is left of it', async () => {
      for (let n = 0; n < 30; n++) await somebody();
      const abort = new AbortController();
      const progress = () => {
        proxy.forget();
        abort.abort(new Error('It is ended.'));
      };
      const build = database.build('caseledger_read_1_2', { signal: abort.signal, progress });
      await expect(build).rejects.toThrow('It is ended.');
      expect(await run(url, `SELECT 1 FROM pg_namespace WHERE nspname LIKE '%_building_%'`)).toEqual([]);
    });
  });

  describe('leave no connection behind', () => {
    const sessions = () =>
      run(url, 'SELECT query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()');
    const left = () => until(async () => (await sessions()).length === 0);
    const store = () => ({ url, schema: 'caseledger_read_1' });
    const data = async () => ({ ...store(), logId: await log.identity(), projections: projections.href });

    it('where a build cannot begin, as the database is read only for a while', async () => {
      await run(url, `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET default_transaction_read_only TO on`);
      const build = buildStore({ ...(await data()), log: { file: log.file } }, {});
      await expect(build).rejects.toThrow('read-only transaction');
      await left();
    });

    it('where a projector is refused its store, is closed while it connects, or goes on twice at once', async () => {
      running = await open();
      await current();
      await running.close();
      running = undefined;
      const logId = await log.identity();
      const newer = new PostgresProjection(store(), { ...group, version: 2 }, registry, logId);
      await expect(newer.reopen()).rejects.toThrow('has other tables than version 2');
      const closed = new PostgresProjection(store(), group, registry, logId);
      await Promise.all([expect(closed.reopen()).rejects.toThrow('was closed meanwhile'), closed.close()]);
      const twice = new PostgresProjection(store(), group, registry, logId);
      await Promise.all([twice.reopen(), twice.reopen()]);
      await twice.close();
      const from = { url, log, group, projections, warn: (message: string) => warnings.push(message) };
      const database = await StoreDatabase.open({ ...from, logHandle: () => log.readerHandle() });
      await run(url, `UPDATE caseledger_read_1.checkpoint SET log_id = 'x'`);
      const following = database.follow('caseledger_read_1', START, () => undefined);
      await expect(following).rejects.toThrow('is of another log');
      await left();
    });
  });

  describe('cannot be opened', () => {
    /** Takes away what a test has made beside its own database. */
    const made: string[] = [];
    afterAll(async () => {
      for (const statement of made) await run(url, statement);
    });
    const withUrl = (change: (its: URL) => void): string => {
      const its = new URL(url);
      change(its);
      return its.href;
    };

    it.each<[string, () => string | Promise<string>, RegExp]>([
      [
        'where nothing listens',
        () => withUrl((its) => (its.port = '1')),
        /cannot be reached \(connect ECONNREFUSED 127\.0\.0\.1:1\): start PostgreSQL there, or set READ_STORE to where it runs\.$/,
      ],
      [
        'with a wrong password',
        () => withUrl((its) => (its.password = 'open-sesame')),
        /refuses this user \(.*\): set READ_STORE to a user and password that it takes\.$/,
      ],
      [
        'in no database',
        () => withUrl((its) => (its.pathname = '/nowhere')),
        /cannot be used \(database "nowhere" does not exist\): create the database, or set READ_STORE to one that exists\.$/,
      ],
      [
        'by a user who may make no schemas',
        async () => {
          const name = `reader_${randomUUID().slice(0, 8)}`;
          made.push(`DROP ROLE ${name}`);
          await run(url, `CREATE ROLE ${name} LOGIN PASSWORD 'open-sesame'`);
          return withUrl((its) => Object.assign(its, { username: name, password: 'open-sesame' }));
        },
        /lets reader_\w+ make no schemas: GRANT CREATE ON DATABASE to it, or set READ_STORE to a user who may\.$/,
      ],
      [
        'in another encoding',
        async () => {
          const name = `ascii_${randomUUID().slice(0, 8)}`;
          made.push(`DROP DATABASE ${name}`);
          await run(
            url,
            `CREATE DATABASE ${name} ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'`,
          );
          return withUrl((its) => (its.pathname = `/${name}`));
        },
        /keeps texts in SQL_ASCII; UTF8 is needed: create a database with ENCODING 'UTF8' and set READ_STORE to it\.$/,
      ],
    ])('%s', async (_, at, sentence) => {
      const error = await open(await at()).catch((thrown: unknown) => thrown as Error);
      const { message, constructor } = error as Error;
      expect(constructor.name).toBe('ReadStoreCannotOpen');
      expect(message).toMatch(/^The read store postgres:\/\/\w+:…@/);
      expect(message).toMatch(sentence);
      expect(message).not.toContain('open-sesame');
      expect(message).not.toContain(new URL(url).password);
    });

    it('on a server that is too old', async () => {
      const old = { version: '14.12', number: 140_012, encoding: 'UTF8', may: true, who: 'ada' };
      const client = { query: () => Promise.resolve({ rows: [old] }) } as unknown as Client;
      await expect(checkServer(client, 'postgres://ada:secret@db/x')).rejects.toThrow(
        'The read store postgres://ada:…@db/x is on PostgreSQL 14.12; at least version 15 is needed: set READ_STORE to a newer server.',
      );
    });

    it.each([
      [
        'of another log',
        `UPDATE caseledger_read_1.checkpoint SET log_id = 'x'`,
        'was built from another log (x; this one is ',
      ],
      ['ahead of the log', `UPDATE caseledger_read_1.checkpoint SET sequence = 999999`, 'stands at sequence 999999'],
      [
        'of other tables',
        `UPDATE caseledger_read_1.checkpoint SET fingerprint = 'x'`,
        'has other tables than version 1',
      ],
      [
        'that lost events',
        `DELETE FROM caseledger_read_1.events WHERE sequence > 1`,
        'does not hold what its checkpoint says',
      ],
      ['that is none', `DROP SCHEMA caseledger_read_1 CASCADE; CREATE SCHEMA caseledger_read_1`, 'is no read store'],
    ])('with a store %s', async (_, damage, sentence) => {
      await somebody();
      running = await open();
      await current();
      await running.close();
      running = undefined;
      await run(url, damage);
      const error = await open().catch((thrown: unknown) => thrown as Error);
      expect((error as Error).message).toContain(sentence);
      expect((error as Error).message).toContain('drop the schema caseledger_read_1 and start again');
    });
  });

  describe('have in common', () => {
    it('what is changed step by step, once, by whoever comes first', async () => {
      const steps = ['CREATE TABLE caseledger.first (one int)', 'CREATE TABLE caseledger.second (one int)'];
      const clients = await Promise.all([0, 1, 2].map(() => connect(url)));
      try {
        await Promise.all(clients.map((client) => migrate(client, steps.slice(0, 1))));
        await Promise.all(clients.map((client) => migrate(client, steps)));
        expect(await run(url, 'SELECT step FROM caseledger.migrations ORDER BY step')).toEqual([
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
        expect(await run(url, 'SELECT count(*)::int AS done FROM caseledger.migrations')).toEqual([{ done: 2 }]);
      } finally {
        for (const client of clients) await client.end();
      }
    });
  });
});
