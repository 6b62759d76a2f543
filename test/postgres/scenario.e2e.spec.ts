import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { projections } from '#investigation/projections.js';
import { Service } from '../e2e/service.js';
import { ServerUnderTest } from '../crash/server-under-test.js';
import { caseledger, jsonLines } from '../cli/caseledger.js';
import { ALL_RIGHT, recordAndAsk } from '../scenarios/record-and-ask.js';
import { aPostgres, run } from './a-postgres.js';

const postgres = await aPostgres();

/** The product with its read models in PostgreSQL and the embedded log. */
(postgres ? describe : describe.skip)('a server whose read models are in PostgreSQL', () => {
  let environment: { READ_STORE: string };
  let folder: string;
  let server: Service;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caseledger-test-'));
    environment = { READ_STORE: await postgres!.database() };
    server = await Service.on(folder, environment);
  });
  afterAll(async () => {
    await server.halt();
    await rm(folder, { recursive: true, force: true });
    await postgres!.end();
  });

  it('records both scenarios and answers every question', async () => {
    expect(await recordAndAsk(server)).toEqual(ALL_RIGHT);
    expect((await readdir(folder)).filter((name) => name.startsWith('read-'))).toEqual([]);
  });

  it('does not start where the read models cannot be kept, and tells no password', async () => {
    const other = await mkdtemp(join(tmpdir(), 'caseledger-test-'));
    const url = new URL(environment.READ_STORE);
    url.pathname = '/nowhere';
    const { code, errors } = await new ServerUnderTest(other, { READ_STORE: url.href }).ended;
    expect({ code, errors }).toEqual({
      code: 1,
      errors: expect.stringMatching(/^The read store postgres:\/\/\w+:…@\S+ cannot be used \(database "nowhere".*\n$/),
    });
    expect(errors).not.toContain(url.password);
    await rm(other, { recursive: true });
  });

  it('has them replayed from the log while it runs, and told what was changed by hand', async () => {
    const replay = (...more: string[]) => caseledger(['replay', ...more], { ...environment, DATA_DIR: folder });
    expect(await replay()).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^No difference: [\d,]+ rows at sequence \d+\.\n$/),
    });
    const schema = `caseledger_read_${projections.version}`;
    const [changed] = await run(environment.READ_STORE, `SELECT v, id FROM ${schema}.notes ORDER BY v LIMIT 1`);
    const { v, id } = changed as { v: string; id: string };
    await run(
      environment.READ_STORE,
      `UPDATE ${schema}.notes SET data = replace(data, '"text"', '"told"') WHERE v = ${v};
       INSERT INTO ${schema}.streams (key, name) VALUES (1, 'case-of-nobody')`,
    );
    const { code, output, errors } = await replay('--json');
    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining(`drop the schema ${schema}`) });
    expect(jsonLines(output)).toMatchObject([
      { table: 'notes', key: [Number(v)], id, only: null },
      { table: 'streams', key: [1], only: 'stored' },
      { store: schema, different: 2 },
    ]);
    const left = `SELECT nspname FROM pg_namespace WHERE nspname LIKE '%replay%'`;
    expect(await run(environment.READ_STORE, left)).toEqual([]);
  });

  it('advises nobody to drop what shows that the log lacks something', async () => {
    const cut = await mkdtemp(join(tmpdir(), 'caseledger-test-'));
    await server.halt();
    await cp(folder, cut, { recursive: true });
    const log = new DatabaseSync(join(cut, 'log.sqlite'));
    log.exec('DELETE FROM events WHERE sequence > 20');
    log.close();
    const { code, errors } = await caseledger(['replay'], { ...environment, DATA_DIR: cut });
    expect(code).toBe(1);
    expect(errors).toMatch(
      /^The log is older than what was recorded: caseledger_read_\d+ has seen sequence \d+, and the log ends at 20\. Put the newer log back/,
    );
    expect(errors).not.toContain('drop');
    await rm(cut, { recursive: true });
    server = await Service.on(folder, environment);
  }, 60_000);

  it('stops in order and goes on where it stood', async () => {
    await server.halt();
    server = await Service.on(folder, environment);
    expect(await (await fetch(`${server.url}/health/ready`)).text()).toContain('ready');
  });
});
