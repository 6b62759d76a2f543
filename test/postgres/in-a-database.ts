import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLog, type SqliteEventLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { buildStore } from '#read-models/postgres/build.js';
import { openPostgresReadModels, type PostgresReadModelsOptions } from '#read-models/postgres/postgres-read-models.js';
import { type SharedReadModels } from '#read-models/postgres/shared-read-models.js';
import { StoreDatabase } from '#read-models/postgres/store-database.js';
import { projections as group, registry } from '../contracts/fixtures/read-store-projections.mjs';
import { BEGINNING, noteAdded, opened, Recorder } from '../contracts/read-store.events.js';
import { PATIENCE } from '../contracts/read-store.using.js';
import { aPostgres, type APostgres, run } from './a-postgres.js';
import { rowsIn } from './rows-in.js';

export const projections = new URL('../contracts/fixtures/bundled/read-store-projections.mjs', import.meta.url);

/** A database of each test's own, with a log that all tests of a file share. */
class DatabaseUnderTest {
  /** In which the log is, and others may be. */
  folder!: string;
  log!: SqliteEventLog;
  recorder!: Recorder;
  url!: string;
  running: SharedReadModels | undefined;
  other: SharedReadModels | undefined;
  readonly warnings: string[] = [];

  readonly warn = (message: string): void => void this.warnings.push(message);
  readonly open = (
    at = this.url,
    from = this.log,
    more: Partial<PostgresReadModelsOptions> = {},
  ): Promise<SharedReadModels> =>
    openPostgresReadModels({
      ...{ url: at, log: from, group, registry, projections, readWaitMs: 50, timeLimitMs: 500, ...more },
      logHandle: () => from.readerHandle(),
      warn: this.warn,
    });
  readonly stores = (url = this.url): Promise<StoreDatabase> => {
    const { log, warn } = this;
    return StoreDatabase.open({ url, log, group, projections, warn, logHandle: () => log.readerHandle() });
  };
  readonly current = async (): Promise<void> =>
    expect(await this.running!.waitFor(this.recorder.head, PATIENCE)).toBe('CURRENT');
  readonly asRebuilt = async (): Promise<void> => {
    const { url, log } = this;
    const from = { url, logId: await log.identity(), log: { file: log.file }, until: undefined };
    await run(url, 'DROP SCHEMA IF EXISTS again CASCADE');
    await buildStore({ ...from, schema: 'again', projections: projections.href }, {});
    expect(await rowsIn(url, 'caseledger_read_1')).toEqual(await rowsIn(url, 'again'));
  };
  readonly somebody = () =>
    this.recorder.record(opened(randomUUID(), 'a case', 1), noteAdded(randomUUID(), randomUUID()));
}

/** What read models do with the database that holds them, and it with them; the rest is the contract's. */
export async function inADatabase(tests: (here: DatabaseUnderTest, postgres: APostgres | null) => void): Promise<void> {
  const postgres = await aPostgres({ killed: true });
  (postgres ? describe : describe.skip)('read models in a PostgreSQL database', () => {
    const here = new DatabaseUnderTest();

    beforeAll(async () => {
      here.folder = await mkdtemp(join(tmpdir(), 'caseledger-postgres-log-'));
      here.log = await openSqliteLog({ folder: here.folder, clock: () => new Date(BEGINNING) });
      here.recorder = await Recorder.of(here.log);
    });
    beforeEach(async () => {
      here.url = await postgres!.database();
      here.warnings.length = 0;
    });
    afterEach(async () => {
      await here.other?.close();
      here.other = undefined;
      await here.running?.close();
      here.running = undefined;
    });
    afterAll(async () => {
      await here.log.close();
      await rm(here.folder, { recursive: true });
      await postgres!.end();
    });
    tests(here, postgres);
  });
}
