import { START } from '#event-sourcing/log/event-log.js';
import { buildStore } from '#read-models/postgres/build.js';
import { PostgresProjection } from '#read-models/postgres/projection.js';
import { KeptAccess } from '#read-models/keeping/kept-access.js';
import { type StoreDatabase } from '#read-models/postgres/store-database.js';
import { TextIndex } from '#read-models/postgres/text-index.js';
import { projections as group, registry } from '../contracts/fixtures/read-store-projections.mjs';
import { PATIENCE } from '../contracts/read-store.using.js';
import { until } from '../contracts/until.js';
import { Proxy } from '../eventstoredb/proxy.js';
import { run } from './a-postgres.js';
import { inADatabase, projections } from './in-a-database.js';

/** Connections that nobody is at the other end of any more, and such as are left behind. */
await inADatabase((here) => {
  const { current, open, somebody, stores } = here;

  describe('over connections that nobody is at the other end of any more', () => {
    let proxy: Proxy;
    let database: StoreDatabase;
    const schema = 'caseledger_read_1';
    beforeEach(async () => {
      here.running = await open();
      await somebody();
      await current();
      await here.running.close();
      here.running = undefined;
      proxy = await Proxy.start(here.url);
      database = await stores(proxy.url);
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
      const kept = { store: schema, version: 1, generation: 1, checkpoint: await here.log.head() };
      return new KeptAccess(kept, { place, log: here.log, group, registry }, failed);
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
      expect(await run(here.url, `SELECT 1 FROM pg_namespace WHERE nspname LIKE '%_building_%'`)).toEqual([]);
    });
  });

  describe('leave no connection behind', () => {
    const sessions = () =>
      run(
        here.url,
        'SELECT query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
    const left = () => until(async () => (await sessions()).length === 0);
    const store = () => ({ url: here.url, schema: 'caseledger_read_1' });
    const data = async () => ({ ...store(), logId: await here.log.identity(), projections: projections.href });

    it('where a build cannot begin, as the database is read only for a while', async () => {
      await run(
        here.url,
        `ALTER DATABASE ${new URL(here.url).pathname.slice(1)} SET default_transaction_read_only TO on`,
      );
      const build = buildStore({ ...(await data()), log: { file: here.log.file } }, {});
      await expect(build).rejects.toThrow('read-only transaction');
      await left();
    });

    it('where a projector is refused its store, is closed while it connects, or goes on twice at once', async () => {
      here.running = await open();
      await current();
      await here.running.close();
      here.running = undefined;
      const logId = await here.log.identity();
      const newer = new PostgresProjection(store(), { ...group, version: 2 }, registry, logId);
      await expect(newer.reopen()).rejects.toThrow('has other tables than version 2');
      const closed = new PostgresProjection(store(), group, registry, logId);
      await Promise.all([expect(closed.reopen()).rejects.toThrow('was closed meanwhile'), closed.close()]);
      const twice = new PostgresProjection(store(), group, registry, logId);
      await Promise.all([twice.reopen(), twice.reopen()]);
      await twice.close();
      const database = await stores();
      await run(here.url, `UPDATE caseledger_read_1.checkpoint SET log_id = 'x'`);
      const following = database.follow('caseledger_read_1', START, () => undefined);
      await expect(following).rejects.toThrow('is of another log');
      await left();
    });
  });
});
