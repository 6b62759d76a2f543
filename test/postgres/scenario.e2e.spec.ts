import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Service } from '../e2e/service.js';
import { ServerUnderTest } from '../crash/server-under-test.js';
import { ALL_RIGHT, recordAndAsk } from '../scenarios/record-and-ask.js';
import { aPostgres } from './a-postgres.js';

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

  it('stops in order and goes on where it stood', async () => {
    await server.halt();
    server = await Service.on(folder, environment);
    expect(await (await fetch(`${server.url}/health/ready`)).text()).toContain('ready');
  });
});
