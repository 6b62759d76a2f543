import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueKey } from '../../apps/cli/src/issue-key.js';
import { GraphqlClient } from '../../apps/cli/src/graphql-client.js';
import { Service } from '../e2e/service.js';
import { recordAndAsk } from './record-and-ask.js';
import { run } from './run-script.js';

interface Case {
  id: string;
  status: string;
  violations: { nodes: { id: string }[] };
}

const answers = (output: string): string[] => output.split('\n').filter((line) => /^(ok|WRONG)\b/.test(line));

describe('npm run scenario', () => {
  let folder: string;
  let server: Service | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caseledger-test-'));
  });
  afterEach(async () => {
    await server?.halt();
    server = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  it('records both scenarios into a server of its own, answers every question, and leaves nothing behind', async () => {
    const { code, output, errors } = await run('scenario', ['--check'], { TMPDIR: folder }).ended;
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(answers(output).map((line) => line.slice(0, 5))).toEqual(Array<string>(12).fill('ok   '));
    expect(await readdir(folder)).toEqual([]);
  }, 60_000);

  it('records into its own folder alone, whatever log the environment names for another server', async () => {
    const environment = { TMPDIR: folder, EVENT_LOG: 'esdb://127.0.0.1:9?tls=false', SECRETS_DIR: join(folder, 'not') };
    const { code, errors } = await run('scenario', [], environment).ended;
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(await readdir(folder)).toEqual([]);
  }, 60_000);

  it('says of a key that no key is like it, as the command line does', async () => {
    const environment = { CASELEDGER_URL: 'http://127.0.0.1:9', CASELEDGER_KEY: 'clk_0_0\nclk_0_1' };
    const { code, output, errors } = await run('scenario', [], environment).ended;
    expect({ code, output }).toEqual({ code: 1, output: '' });
    expect(errors).toMatch(/^CASELEDGER_KEY holds what no key does .+\n$/);
  });

  it('says where a key is from that the server does not know', async () => {
    server = await Service.on(folder);
    const environment = { CASELEDGER_URL: server.url, CASELEDGER_KEY: 'clk_0_0' };
    const { code, errors } = await run('scenario', [], environment).ended;
    expect({ code, errors }).toEqual({
      code: 1,
      errors: `${server.url}/graphql does not know the key in CASELEDGER_KEY: give one that it issued.\n`,
    });
  }, 60_000);

  it('says what an address must be, before it asks there', async () => {
    const { code, output, errors } = await run('scenario', [], {
      CASELEDGER_URL: '127.0.0.1:4000',
      CASELEDGER_KEY: 'x',
    }).ended;
    expect({ code, output, errors }).toEqual({
      code: 1,
      output: '',
      errors: 'CASELEDGER_URL is 127.0.0.1:4000: set it to where the server listens, as http://127.0.0.1:4000.\n',
    });
  }, 60_000);

  it('ends its server and removes its folder when it is interrupted', async () => {
    const scenario = run('scenario', [], { TMPDIR: folder });
    const [, url] = await scenario.wrote(/Recording at (http:\S+)/);
    scenario.signal('SIGINT');
    expect((await scenario.ended).code).toBe(130);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    expect(await readdir(folder)).toEqual([]);
  }, 60_000);

  it('leaves no key behind on the server of somebody else when it is interrupted', async () => {
    server = await Service.on(folder);
    const environment = { CASELEDGER_URL: server.url, CASELEDGER_KEY: server.adminKey };
    const scenario = run('scenario', [], environment);
    await scenario.wrote(/Recording at/);
    scenario.signal('SIGINT');
    expect((await scenario.ended).code).toBe(130);
    const client = new GraphqlClient(server.url, server.adminKey);
    const { keys } = await client.request<{ keys: { status: string }[] }>('{ keys { status } }');
    // All but the administrator's.
    expect(keys.filter(({ status }) => status !== 'REVOKED')).toHaveLength(1);
    expect(keys.length).toBeGreaterThan(1);
  }, 60_000);

  it('goes on to its end where nobody reads on, and leaves nothing behind', async () => {
    const scenario = run('scenario', ['--check'], { TMPDIR: folder });
    await scenario.wrote(/Recording at/);
    scenario.leave();
    const { code, errors } = await scenario.ended;
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(await readdir(folder)).toEqual([]);
  }, 60_000);

  it('adds nothing to either case when it is run again', async () => {
    server = await Service.on(folder);
    const environment = { CASELEDGER_URL: server.url, CASELEDGER_KEY: server.adminKey };
    const { key } = await issueKey(server.url, server.adminKey, 'example-investigator', ['INVESTIGATOR']);
    const client = new GraphqlClient(server.url, key);
    const cases = () => client.request<unknown>('{ cases { nodes { number revision } } }');

    expect((await run('scenario', [], environment).ended).code).toBe(0);
    const first = await cases();
    // Set to nothing, the key is not set: it stands in the folder.
    const again = { ...environment, CASELEDGER_KEY: '', DATA_DIR: folder };
    const { code, output } = await run('scenario', ['--check'], again).ended;
    expect({ code, wrong: answers(output).filter((line) => !line.startsWith('ok')) }).toEqual({ code: 0, wrong: [] });
    expect(await cases()).toEqual(first);
  }, 60_000);

  it('says which answer is wrong, and exits 1', async () => {
    server = await Service.on(folder);
    const environment = { CASELEDGER_URL: server.url, CASELEDGER_KEY: server.adminKey };
    await recordAndAsk(server);
    const { key } = await issueKey(server.url, server.adminKey, 'example-investigator', ['INVESTIGATOR']);
    const client = new GraphqlClient(server.url, key);
    const { cases } = await client.request<{ cases: { nodes: Case[] } }>(
      '{ cases { nodes { id status violations { nodes { id } } } } }',
    );
    const real = cases.nodes.find(({ status }) => status === 'OPEN')!;
    await client.request('mutation ($input: AllegeViolationInput!) { allegeViolation(input: $input) { revision } }', {
      input: {
        commandId: 'more-than-the-source-says',
        caseId: real.id,
        violationId: real.violations.nodes[0].id,
        grounds: 'None.',
      },
    });

    const { code, output } = await run('scenario', ['--check'], environment).ended;
    expect(code).toBe(1);
    expect(answers(output).filter((line) => line.startsWith('WRONG'))).toEqual([
      'WRONG What is confirmed, what is alleged, what is only suspected?',
    ]);
  }, 60_000);

  it('exits 64 on wrong usage', async () => {
    const { code, output, errors } = await run('scenario', ['--chekc'], {}).ended;
    expect({ code, output }).toEqual({ code: 64, output: '' });
    expect(errors).toMatch(/^Unknown option '--chekc'.*\n\nUsage: npm run scenario/s);
  });

  it('names the remedy when nothing answers', async () => {
    const environment = { CASELEDGER_URL: 'http://127.0.0.1:9', CASELEDGER_KEY: 'clk_0_0' };
    const { code, errors } = await run('scenario', [], environment).ended;
    expect(code).toBe(1);
    expect(errors).toMatch(/^Nothing answers at http:\/\/127\.0\.0\.1:9\/graphql \(.*\): is the server running\?\n$/);
  });
});
