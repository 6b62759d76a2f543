import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from '#event-sourcing/log/sqlite/lock-folder.js';
import { GraphqlClient } from '../../apps/cli/src/graphql-client.js';
import { preparedQueries } from '../../apps/server/src/prepared-queries.js';
import { askEverything } from '../access/asking.js';
import { EXPECTED } from '../access/expected.js';
import { targetOf } from '../access/target.js';
import { until } from '../crash/until.js';
import { Api } from '../e2e/api.js';
import { recordFullCase } from '../e2e/full-case.js';
import { schemaOf } from '../e2e/selections.js';
import { run } from './run-script.js';

const isFree = (folder: string): boolean => {
  try {
    lockFolder(folder)();
    return true;
  } catch {
    return false;
  }
};

interface Facts {
  observations: {
    nodes: { quantities: { of: string; exact: number | null; min: number | null; max: number | null }[] }[];
  };
  violations: { nodes: { status: string }[] };
}

describe('npm run demo', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caseledger-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('leaves the folder empty where its server cannot start, and takes no arguments', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const PORT = String((other.address() as AddressInfo).port);
    const { code, errors } = await run('demo', [], { DATA_DIR: folder, HOST: '127.0.0.1', PORT }).ended;
    other.close();
    expect({ code, errors }).toEqual({
      code: 1,
      errors: expect.stringContaining(`Port ${PORT} of 127.0.0.1 is in use`),
    });
    expect(await readdir(folder)).toEqual([]);
    expect((await run('demo', ['--help'], { DATA_DIR: folder }).ended).code).toBe(64);
    expect(await readdir(folder)).toEqual([]);
  });

  it('records both scenarios, answers every prepared query, and exits 0 at SIGINT', async () => {
    const demo = run('demo', [], { DATA_DIR: folder, HOST: '127.0.0.1', PORT: '0' });
    const [, url, key] = await demo.wrote(
      /Open {2}(http:\S+)\/graphiql#key=(clk_[0-9a-f]{16}_[0-9a-f]{64})\n[^]*Ctrl\+C/,
    );
    expect(demo.output()).toMatch(
      /investigator +clk_.*\n +counsel +clk_.*\n +reviewer +clk_.*\n +auditor +clk_.*\n +outsider +clk_/,
    );

    const client = new GraphqlClient(url, key);
    const queries = preparedQueries();
    expect(queries).toHaveLength(5);
    const [cases, , thenAndNow, , changes] = await Promise.all(
      queries.map(({ query, variables }) => client.request<Record<string, unknown>>(query, variables)),
    );

    expect((cases.cases as { nodes: { title: string }[] }).nodes.map(({ title }) => title)).toEqual([
      'Unusual volumes from the completion API (example)',
      "Suspicious activity through OpenAI's API, as one press report tells it",
    ]);
    const { then, now } = thenAndNow as unknown as { then: Facts; now: Facts };
    expect(then.observations.nodes[0].quantities[0]).toMatchObject({ of: 'ACCOUNTS', exact: null, min: 31, max: 44 });
    expect(then.violations.nodes[0].status).toBe('UNDER_REVIEW');
    expect(now.observations.nodes[0].quantities[0]).toMatchObject({ of: 'ACCOUNTS', exact: 31, min: null, max: null });
    expect(now.violations.nodes[0].status).toBe('DISMISSED');
    expect((changes.case as { changes: { field: string; reason: string | null }[] }).changes).toContainEqual(
      expect.objectContaining({ field: 'quantities', reason: 'A clock error was found in the usage logs.' }),
    );

    // Whoever is no member of the restricted investigation is shown the other one, and no trace of it.
    const [, outsider] = /outsider +(clk_\w+)/.exec(demo.output())!;
    const stranger = new GraphqlClient(url, outsider);
    const seen = await Promise.all(
      queries.map(({ query, variables }) => stranger.request<Record<string, unknown>>(query, variables)),
    );
    expect((seen[0].cases as { nodes: { title: string }[] }).nodes.map(({ title }) => title)).toEqual([
      "Suspicious activity through OpenAI's API, as one press report tells it",
    ]);
    const { events } = await stranger.request<{ events: { nodes: { stream: string }[] } }>(
      '{ events(after: "0", first: 100) { nodes { stream type } } }',
    );
    expect(events.nodes.length).toBeGreaterThan(5);
    expect(JSON.stringify([seen.slice(2), events])).not.toContain(queries[2].variables!.id);

    // Nor by any other operation there is.
    const [, administrator] = /administrator +(clk_\w+)/.exec(demo.output())!;
    const api = new Api(url, administrator);
    const [ines, rosa] = [await api.keyFor('ines'), await api.keyFor('rosa', ['REVIEWER'])];
    const { inputs } = await recordFullCase(api, ines, rosa);
    const restricted = await targetOf(api, queries[2].variables!.id as string, key);
    const asked = await askEverything({ api, key: outsider }, await schemaOf(api), restricted, inputs);
    const outside = Object.entries(EXPECTED).map(([name, row]) => [name, row.expect('INVESTIGATOR', 'outside')]);
    expect(asked.length).toBeGreaterThan(60);
    expect(Object.fromEntries(asked)).toEqual(Object.fromEntries(outside));

    demo.signal('SIGINT');
    expect(await demo.ended).toMatchObject({ code: 0, errors: '' });
    const again = `DATA_DIR=${folder} npm start`;
    expect(demo.output()).toMatch(new RegExp(`to see it again later, .*\\n {2}${again}\\n$`, 'i'));
    const { code, errors } = await run('demo', [], { DATA_DIR: folder, PORT: '0' }).ended;
    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining(`it holds an event log (${again}`) });
  }, 60_000);

  it('says what is in the folder where it was ended early, and leaves no server where it was killed', async () => {
    for (const [signal, told] of [
      ['SIGINT', `The demo was ended before all was recorded: remove ${folder} before you run it again.\n`],
      ['SIGKILL', ''],
    ] as const) {
      const demo = run('demo', [], { DATA_DIR: folder, HOST: '127.0.0.1', PORT: '0' });
      await until('it records', async () => (await readdir(folder)).find((name) => name === 'demo-unfinished'));
      demo.signal(signal);
      expect(await demo.ended).toMatchObject({ output: '', errors: told });
      await until('its server ends', () => isFree(folder) || undefined, 20_000);
      const { code, errors } = await run('demo', [], { DATA_DIR: folder, PORT: '0' }).ended;
      expect({ code, errors }).toEqual({
        code: 1,
        errors: expect.stringMatching(/ holds a demo that was ended before all was recorded, .* remove this one/),
      });
      for (const name of await readdir(folder)) await rm(join(folder, name));
    }
  }, 60_000);

  it('leaves alone what another one records into the folder', async () => {
    const both = [0, 1].map(() => run('demo', [], { DATA_DIR: folder, HOST: '127.0.0.1', PORT: '0' }));
    const { code, errors } = await Promise.race(both.map(({ ended }) => ended));
    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringMatching(/is in use by|is not empty/) });
    expect(await readdir(folder)).toContain('log.sqlite');
    for (const demo of both) demo.signal('SIGINT');
    await Promise.all(both.map(({ ended }) => ended));
  }, 60_000);

  it('refuses a log or a database that others may use, and a folder that a server would not take', async () => {
    const log = { EVENT_LOG: 'esdb://127.0.0.1:9?tls=false' };
    const database = { READ_STORE: 'postgres://caseledger@127.0.0.1:9/none' };
    for (const [environment, told] of [
      [log, /^EVENT_LOG names what is not in DATA_DIR, .*: unset EVENT_LOG\.\n$/],
      [database, /^READ_STORE names what is not in DATA_DIR, .*: unset READ_STORE\.\n$/],
      [{ DATA_DIR: `${join(folder, 'other')}\r` }, /^DATA_DIR has blanks around it, .*\n$/],
    ] as const) {
      const { code, errors } = await run('demo', [], { DATA_DIR: folder, PORT: '0', ...environment }).ended;
      expect({ code, errors }).toEqual({ code: 1, errors: expect.stringMatching(told) });
      expect(await readdir(folder)).toEqual([]);
    }
  }, 60_000);

  it('refuses a folder that is not empty', async () => {
    await writeFile(join(folder, 'kept.txt'), 'kept');
    const { code, errors, output } = await run('demo', [], { DATA_DIR: folder, PORT: '0' }).ended;
    expect({ code, output }).toEqual({ code: 1, output: '' });
    expect(errors).toBe(
      `The folder ${folder} is not empty, and the demo records into an empty one: ` +
        'name another (DATA_DIR=./another-demo npm run demo), or remove this one if you no longer need it.\n',
    );
  });

  it('refuses what is a file, or lies in one', async () => {
    const file = join(folder, 'kept.txt');
    await writeFile(file, 'kept');
    for (const DATA_DIR of [file, join(file, 'within')]) {
      const { code, errors, output } = await run('demo', [], { DATA_DIR, PORT: '0' }).ended;
      expect({ code, output }).toEqual({ code: 1, output: '' });
      expect(errors).toMatch(/kept\.txt(\/within)? cannot be made a folder \(.*\): name another .*\n$/);
    }
  });
});
