import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseledger } from './caseledger.js';

describe('caseledger', () => {
  it('exits 64 on wrong usage', async () => {
    const wrong = [
      [],
      ['nonsense'],
      ['history'],
      ['history', ''],
      ['access', ' '],
      ['history', 'X', '--as-of', 'yesterday'],
      ['events', '--after', '-1'],
      ['events', '--type', 'NoteAded'],
      ['event', 'a', 'b'],
      ['key', 'issue', 'x', '--kind', 'ROBOT'],
      ['key', 'issue', 'x', '--role', 'KING'],
      ['key', 'issue', 'x', '--scope', 'ALL'],
      ['key', 'revoke', 'nope'],
      ['event', 'x', '--colour'],
      ['restore', ''],
      ['verify', ''],
      ['import', ''],
      ['import', 'x', '--refused', ''],
      ['techniques', 'load', ''],
    ];
    const answers = await Promise.all(wrong.map((args) => caseledger(args)));
    expect(answers).toMatchObject(wrong.map(() => ({ code: 64, output: '', errors: expect.stringMatching(/./) })));
  });

  it('writes out in its errors what could steer the terminal', async () => {
    const steering = ['history', 'X', '--as-of', '\u001b[31mred'];
    const { code, errors } = await caseledger(steering);
    expect({ code, errors }).toEqual({ code: 64, errors: expect.stringContaining("'\\u{1b}[31mred'") });
    expect(errors).not.toContain('\u001b');
  });

  it('tells its help and version on standard output', async () => {
    const [help, version] = await Promise.all([caseledger(['history', '--help']), caseledger(['--version'])]);
    expect([help, version]).toMatchObject([
      { code: 0, errors: '', output: expect.stringMatching(/^Usage: caseledger history /) },
      { code: 0, errors: '', output: expect.stringMatching(/^caseledger \d+\.\d+\.\d+\n$/) },
    ]);
  });

  it('says what is missing where there is no key, and no server', async () => {
    const keyless = await caseledger(['events'], { DATA_DIR: '/nowhere' });
    expect(keyless).toEqual({
      code: 1,
      output: '',
      errors: 'CASELEDGER_KEY is not set and /nowhere/admin.key cannot be read: set CASELEDGER_KEY to your key.\n',
    });
    for (const [CASELEDGER_URL, CASELEDGER_KEY, name] of [
      ['localhost:4000', 'clk_0_0', 'CASELEDGER_URL'],
      ['http://', 'clk_0_0', 'CASELEDGER_URL'],
      ['http://127.0.0.1:9', 'clk_0_0\nclk_0_1', 'CASELEDGER_KEY'],
    ]) {
      const refused = await caseledger(['events'], { CASELEDGER_URL, CASELEDGER_KEY });
      expect(refused).toMatchObject({
        code: 1,
        output: '',
        errors: expect.stringMatching(new RegExp(`^${name} .+\n$`)),
      });
    }
    for (const CASELEDGER_URL of ['http://bob:hunter2@127.0.0.1:9', 'http://127.0.0.1:9/graphiql#key=hunter2']) {
      const { code, errors } = await caseledger(['events'], { CASELEDGER_URL, CASELEDGER_KEY: 'clk_0_0' });
      expect([code, errors]).toEqual([1, expect.stringMatching(/^CASELEDGER_URL holds (?!.*hunter2).*\n$/)]);
    }
    const alone = await caseledger(['events'], { CASELEDGER_URL: 'http://127.0.0.1:9', CASELEDGER_KEY: 'clk_0_0' });
    expect(alone).toMatchObject({ code: 1, output: '', errors: expect.stringMatching(/^Nothing answers at .+\n$/) });
  });

  it('never ends without a word where the other side is away, or closes what it accepts', async () => {
    const closing = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(closing, 'listening');
    const { port } = closing.address() as AddressInfo;
    const closed = { CASELEDGER_URL: `http://127.0.0.1:${port}`, CASELEDGER_KEY: 'clk_0_0' };
    const folder = await mkdtemp(join(tmpdir(), 'caseledger-test-'));
    const file = join(folder, 'one.ndjson');
    await writeFile(file, '{}\n');
    const [away, ...others] = await Promise.all([
      caseledger(['replay'], { EVENT_LOG: 'esdb://127.0.0.1:9?tls=false', DATA_DIR: folder }),
      ...[['events'], ['events', '--follow'], ['key', 'list'], ['import', file]].map((args) =>
        caseledger(args, closed),
      ),
    ]);
    closing.close();
    await rm(folder, { recursive: true });
    expect(away).toMatchObject({ code: 1, errors: expect.stringMatching(/^The event log .+ECONNREFUSED/) });
    for (const other of others)
      expect(other).toMatchObject({ code: 1, errors: expect.stringMatching(/^Nothing answers at .+: is the server/) });
  }, 60_000);
});
