import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { projections } from '#investigation/projections.js';
import { caseledger, jsonLines } from '../cli/caseledger.js';
import { Service } from '../e2e/service.js';
import { ALL_RIGHT, recordAndAsk } from '../scenarios/record-and-ask.js';
import { aPostgres, run } from './a-postgres.js';

const postgres = await aPostgres();

(postgres ? describe : describe.skip)('read models in PostgreSQL, replayed at the command line', () => {
  let environment: { READ_STORE: string };
  let folder: string;
  let server: Service;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caseledger-test-'));
    environment = { READ_STORE: await postgres!.database() };
    server = await Service.on(folder, environment);
    expect(await recordAndAsk(server)).toEqual(ALL_RIGHT);
  });
  afterAll(async () => {
    await server.halt();
    await rm(folder, { recursive: true, force: true });
    await postgres!.end();
  });

  it('are compared while the server runs, which tells what was changed by hand', async () => {
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

  it('advise nobody to drop what shows that the log lacks something', async () => {
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
  }, 60_000);
});
