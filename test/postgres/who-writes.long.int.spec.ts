import { connect } from '#read-models/postgres/connection.js';
import { OwnerLock } from '#read-models/postgres/owner-lock.js';
import { PostgresProjection } from '#read-models/postgres/projection.js';
import { checkRecordedHead } from '#read-models/keeping/recorded-head.js';
import { projections as group, registry } from '../contracts/fixtures/read-store-projections.mjs';
import { all } from '../contracts/event-log.events.js';
import { PATIENCE } from '../contracts/read-store.using.js';
import { until } from '../contracts/until.js';
import { Proxy } from '../eventstoredb/proxy.js';
import { run } from './a-postgres.js';
import { inADatabase } from './in-a-database.js';

/** Which of several servers writes read models, and when another takes over. */
await inADatabase((here) => {
  const { asRebuilt, current, open, somebody, stores, warn, warnings } = here;

  describe('that several servers share', () => {
    it('are taken over when the one that writes ends, within five seconds', async () => {
      here.running = await open();
      await current();
      here.other = await open();
      const since = performance.now();
      await here.running.close();
      await somebody();
      expect(await here.other.waitFor(here.recorder.head, PATIENCE)).toBe('CURRENT');
      expect(performance.now() - since).toBeLessThan(5_000);
      expect(here.other.isActive).toBe(true);
      await asRebuilt();
      // The first comes back as one of the others.
      here.running = await open();
      expect(here.running.isActive).toBe(false);
      await somebody();
      await current();
    });

    it('are taken over from one that stands still, which writes nothing when it goes on and then reads', async () => {
      await open().then((made) => made.close());
      // It holds the right to write, and says nothing.
      const silent = await connect(here.url);
      await silent.query('SET application_name TO silent');
      await silent.query('SELECT pg_advisory_lock($1, 1)', [0x4352444d]);
      const isEnded = new Promise((resolve) => silent.once('end', resolve));
      const since = performance.now();
      here.running = await open();
      expect(here.running.isActive).toBe(false);
      await until(() => here.running!.isActive);
      expect(performance.now() - since).toBeLessThan(5_000);
      await isEnded;
      await somebody();
      await current();
      await asRebuilt();
    });

    it('are taken over, too, by one whose connections nobody is at the other end of any more', async () => {
      const proxy = await Proxy.start(here.url);
      try {
        here.running = await open();
        await current();
        here.other = await open(proxy.url);
        await until(() => here.other!.status().state === 'live');
        proxy.forget();
        await here.running.close();
        here.running = undefined;
        await until(() => here.other!.isActive);
      } finally {
        await here.other?.close();
        here.other = undefined;
        await proxy.stop();
      }
    });

    it('are given up by one whose connections nobody is at the other end of any more', async () => {
      const proxy = await Proxy.start(here.url);
      try {
        here.running = await open(proxy.url);
        await current();
        here.other = await open();
        proxy.forget();
        // What it writes at that moment never comes back either, and does not keep it from reading what the other one writes.
        await somebody();
        await until(() => here.other!.isActive);
        await until(() => !here.running!.isActive);
        await somebody();
        await current();
      } finally {
        await here.running?.close();
        here.running = undefined;
        await proxy.stop();
      }
    });

    it('are kept by one that is alone with a connection that nobody is at the other end of any more', async () => {
      const proxy = await Proxy.start(here.url);
      const holders = () =>
        run(
          here.url,
          `SELECT pid FROM pg_locks JOIN pg_database AS d ON d.oid = database
           WHERE locktype = 'advisory' AND objid = 1 AND granted AND datname = current_database()`,
        );
      try {
        here.running = await open(proxy.url);
        await current();
        const [{ pid }] = await holders();
        proxy.forget();
        await until(async () => (await holders()).some((one) => one.pid !== pid));
        expect(here.running.isActive).toBe(true);
        expect(warnings.filter((one) => one.startsWith('Another server'))).toEqual([]);
      } finally {
        await here.running?.close();
        here.running = undefined;
        await proxy.stop();
      }
    });

    it('are removed by none that finds its log to be older while another writes them', async () => {
      here.running = await open();
      await somebody();
      await current();
      const older = Object.assign(Object.create(here.log) as typeof here.log, {
        head: () => Promise.resolve({ sequence: 1, position: '1' }),
      });
      const database = await stores();
      const check = () => checkRecordedHead(database, older, { accept: true, builds: true, warn });
      await expect(check()).rejects.toThrow(/another server writes caseledger_read_1: end that one/);
      expect(await database.find()).toHaveLength(1);
      await here.running.close();
      here.running = undefined;
      // Of a machine that is gone the session may stay for hours.
      const silent = await connect(here.url);
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
      here.running = await open();
      await current();
      here.other = await open();
      const client = await connect(here.url);
      expect(await OwnerLock.endSilentHolder(client)).toBe(false);
      // In one transaction, as the one that holds it says every second that it is alive.
      await client.query(`BEGIN; UPDATE caseledger.stores SET alive_at = now() - interval '1 minute'`);
      expect(await OwnerLock.endSilentHolder(client)).toBe(true);
      await client.query('COMMIT');
      await client.end();
      // One of the two has the right to write by then; what is recorded is written once.
      for (let n = 0; n < 5; n++) await somebody();
      await until(
        () => here.running!.checkpoint === here.recorder.head && here.other!.checkpoint === here.recorder.head,
      );
      await until(() => here.running!.isActive !== here.other!.isActive);
      await asRebuilt();
    });
  });

  it('are not written by a projector that another has passed by', async () => {
    await somebody();
    here.running = await open();
    await current();
    await here.running.close();
    here.running = undefined;
    const store = { url: here.url, schema: 'caseledger_read_1' };
    const logId = await here.log.identity();
    const [woken, active] = [0, 1].map(() => new PostgresProjection(store, group, registry, logId));
    try {
      await woken.reopen();
      await active.reopen();
      await somebody();
      await somebody();
      const events = await all(here.log.readAll());
      await active.apply(events.slice(0, -1));
      await expect(woken.apply(events.slice(0, -2))).rejects.toThrow('Another process writes the read store');
      await expect(woken.apply(events)).rejects.toThrow('Another process writes the read store');
      // It finds out where the store stands, and could go on from there.
      await woken.reopen();
      expect(woken.checkpoint.sequence).toBe(here.recorder.head - 1);
      await woken.apply(events);
    } finally {
      await woken.close();
      await active.close();
    }
    await asRebuilt();
  });
});
