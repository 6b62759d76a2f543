import { type RunningCommand, caseledger, jsonLines, start } from './caseledger.js';
import { until } from '../crash/until.js';
import { Proxy } from '../eventstoredb/proxy.js';
import { Service } from '../e2e/service.js';

describe('caseledger events --follow', () => {
  let service: Service;
  let proxy: Proxy;
  let key: string;
  let caseId: string;
  let followers: RunningCommand[] = [];

  beforeAll(async () => {
    service = await Service.start();
    proxy = await Proxy.start(service.url);
    key = await service.keyFor('rosa');
    caseId = (await service.done('openCase', { title: 'Followed', kind: 'CASE' }, key)).case.id as string;
  });
  afterAll(async () => {
    for (const { kill } of followers) kill('SIGKILL');
    await Promise.all(followers.map(({ ended }) => ended));
    await proxy.stop();
    await service.stop();
  });

  const follow = (args: string[] = [], CASELEDGER_KEY = key): RunningCommand => {
    const CASELEDGER_URL = proxy.url.replace(/^esdb/, 'http');
    const follower = start(['events', '--follow', ...args], { CASELEDGER_URL, CASELEDGER_KEY });
    followers = [...followers, follower];
    return follower;
  };
  const note = (text: string) => service.done('addNote', { caseId, text: { text } }, key);
  const recorded = async (...args: string[]) => {
    const { output } = await caseledger(['events', '--json', ...args], {
      CASELEDGER_URL: service.url,
      CASELEDGER_KEY: key,
    });
    return jsonLines(output);
  };
  const has = ({ written }: RunningCommand, text: string) =>
    until(`${text} is shown: ${written.errors}`, () => written.output.includes(text) || undefined);
  const ended = ({ kill, ended: end }: RunningCommand, signal: NodeJS.Signals = 'SIGINT') => {
    kill(signal);
    return end;
  };

  it('tells each event once as a line of JSON, though connections break and the feed is out of reach', async () => {
    const all = follow(['--json']);
    await has(all, 'CaseOpened');
    for (let n = 0; n < 5; n++) {
      await note(`Before cut ${n}`);
      if (n % 2 === 0) await has(all, `Before cut ${n}`);
      proxy.breakOff();
    }
    await note('After the cuts');
    await has(all, 'After the cuts');
    const outages = () => all.written.errors.match(/^The connection was lost \(.+\)\. Going on as .+$/gm)?.length ?? 0;
    const before = outages();
    await proxy.stop();
    await note('Meanwhile');
    await until('the outage is told', () => outages() > before || undefined);
    await proxy.listen();
    await has(all, 'Meanwhile');
    await note('The last');
    await has(all, 'The last');
    const { code, output, errors } = await ended(all);
    expect(code).toBe(0);
    expect(output.endsWith('\n')).toBe(true);
    expect(jsonLines(output)).toEqual(await recorded());
    expect(errors).toMatch(/Going on as soon as it answers again\.\n/);
    expect(errors).not.toContain('HTTP/1.1');
  });

  it('goes on after a sequence, with the types that are asked for, and ends in order at SIGTERM too', async () => {
    const [first] = (await note('Old')).events;
    const { events } = await note('New');
    const some = follow(['--after', String(first.sequence), '--type', 'NoteAdded', '--type', 'CaseClosed']);
    await has(some, ` ${events[0].sequence} `);
    const shown = await ended(some, 'SIGTERM');
    expect(shown).toMatchObject({ code: 0, errors: '' });
    expect(shown.output).toMatch(new RegExp(`^ +${events[0].sequence}  .+  NoteAdded  by rosa\n +case-${caseId}\n`));
    expect(shown.output).not.toContain(` ${first.sequence} `);
    expect(shown.output).not.toContain('\u001b');
  });

  it('exits 1 when the key is revoked, is refused from the start, or nothing answers', async () => {
    const [secret, other] = [await service.keyFor('ines'), await service.keyFor('ines')];
    const hers = (await service.done('openCase', { title: 'Hers', kind: 'CASE' }, other)).case.id as string;
    const revoked = follow(['--json'], secret);
    await has(revoked, hers);
    await service.command('revokeKey', { keyId: secret.split('_')[1], reason: 'Left.' }, undefined, 'revision');
    await service.done('addNote', { caseId: hers, text: { text: 'Not for that key' } }, other);
    expect(await revoked.ended).toMatchObject({ code: 1, errors: expect.stringMatching(/valid no longer/) });
    expect(revoked.written.output).not.toContain('Not for that key');
    const refused = await follow([], `${key.slice(0, -1)}x`).ended;
    expect(refused).toMatchObject({
      code: 1,
      output: '',
      errors: expect.stringMatching(/does not know the key in CASELEDGER_KEY/),
    });
    const ahead = await follow(['--after', '999999999']).ended;
    expect(ahead).toMatchObject({ code: 1, output: '', errors: expect.stringMatching(/cursor cannot be used/) });
    const alone = await caseledger(['events', '--follow'], {
      CASELEDGER_URL: 'http://127.0.0.1:9',
      CASELEDGER_KEY: key,
    });
    expect(alone).toMatchObject({ code: 1, output: '', errors: expect.stringMatching(/^Nothing answers at .+\n$/) });
  });
});
