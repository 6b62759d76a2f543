import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { buildStore } from '#read-models/postgres/build.js';
import { openPostgresReadModels } from '#read-models/postgres/postgres-read-models.js';
import { aPostgres, run } from '../postgres/a-postgres.js';
import { rowsIn } from '../postgres/rows-in.js';
import { BEGINNING } from './read-store.events.js';
import { readStoresContract, type StoresUnderTest } from './read-stores.contract.js';

const postgres = await aPostgres();

async function place(): Promise<StoresUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'caseledger-stores-'));
  const log = await openSqliteLog({ folder, clock: () => new Date(BEGINNING) });
  const logId = await log.identity();
  const url = await postgres!.database();
  const schemas = async (): Promise<string[]> => {
    const found = await run(url, `SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'caseledger_read_%'`);
    return found.map(({ name }) => name as string).sort();
  };
  return {
    log,
    open: (options) => openPostgresReadModels({ ...options, url, logHandle: () => log.readerHandle() }),
    name: (version, generation = 1) => `caseledger_read_${version}${generation === 1 ? '' : `_${generation}`}`,
    stores: async () => (await schemas()).filter((name) => !name.includes('_building')),
    async leaveHalf() {
      for (const suffix of ['', '_0a1b2c3d'])
        await run(url, `CREATE SCHEMA caseledger_read_1_building${suffix} CREATE TABLE events (sequence int8)`);
    },
    halves: async () => (await schemas()).filter((name) => name.includes('_building')),
    async differs(store, projections) {
      const handle = { url, logId, log: { file: log.file }, projections: projections.href, until: undefined };
      await run(url, 'DROP SCHEMA IF EXISTS again CASCADE');
      await buildStore({ ...handle, schema: 'again' }, {});
      const [there, again] = [await rowsIn(url, store), await rowsIn(url, 'again')];
      const n = there.findIndex((row, place) => row !== again[place]);
      return n < 0 && there.length === again.length ? null : [there[n] ?? there.length, again[n] ?? again.length];
    },
    async destroy() {
      await log.close();
      await rm(folder, { recursive: true });
    },
  };
}

if (postgres) {
  afterAll(() => postgres.end());
  readStoresContract('a PostgreSQL database', place);
} else {
  describe('the stores of a PostgreSQL database', () =>
    it.skip('are not tested: there is no PostgreSQL here', () => undefined));
}
