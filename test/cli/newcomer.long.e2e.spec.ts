import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { Service } from '../e2e/service.js';
import { until } from '../crash/until.js';
import { caseledger, jsonLines, type Ran, start } from './caseledger.js';

const UNKNOWN = `clk_${'0'.repeat(16)}_${'0'.repeat(64)}`;

describe('what the command line says to those who are new to it', () => {
  let service: Service;
  let environment: Record<string, string>;
  let caseId: string;

  const run = (...args: string[]): Promise<Ran> => caseledger(args, environment);

  beforeAll(async () => {
    service = await Service.start();
    environment = { CASELEDGER_URL: service.url, CASELEDGER_KEY: await service.investigatorKey };
    caseId = (await service.done('openCase', { title: 'Looked at', kind: 'CASE' })).case.id as string;
  });
  afterAll(() => service.stop());

  it('says once, beside what is read, that the read models are behind', async () => {
    const admin = { CASELEDGER_URL: service.url, CASELEDGER_KEY: service.adminKey };
    const commands = [
      ['history', caseId],
      ['events', '--json'],
    ];
    expect(await Promise.all(commands.map((args) => run(...args)))).toMatchObject([
      { code: 0, errors: '' },
      { code: 0, errors: '' },
    ]);
    const [{ sequence }] = jsonLines((await caseledger(['projections', 'pause', '--json'], admin)).output);
    try {
      const { output: standing } = await caseledger(['projections'], admin);
      expect(standing).toMatch(/paused, sequence \d+, nothing behind\n {2}not live since \d{4}-\S+Z\n$/);
      await service.command('addNote', { caseId, text: { text: 'Not shown yet' } });
      const [history, events] = await Promise.all(commands.map((args) => run(...args)));
      const warned = new RegExp(
        `^The read models have not followed the log since \\d{4}-\\S+Z: nothing recorded after sequence ${sequence} is shown \\(caseledger projections says more\\)\\.\\n$`,
      );
      for (const { code, output, errors } of [history, events]) {
        expect([code, errors]).toEqual([0, expect.stringMatching(warned)]);
        expect(output).not.toContain('Not shown yet');
      }
      jsonLines(events.output);
      const follower = start(['events', '--follow', '--json'], environment);
      await until('it is told', () => warned.test(follower.written.errors) || undefined, 20_000).finally(() =>
        follower.kill('SIGINT'),
      );
      const { code, output } = await follower.ended;
      expect([code, jsonLines(output)]).toEqual([0, jsonLines(events.output)]);
    } finally {
      await caseledger(['projections', 'resume'], admin);
    }
  });

  it('shows an event by its sequence as by its id', async () => {
    const events = jsonLines((await run('events', '--json')).output);
    const { id, sequence } = events.find(({ type }) => type === 'CaseOpened');
    const [bySequence, byId] = await Promise.all([run('event', String(sequence)), run('event', id)]);
    expect(bySequence).toMatchObject({ code: 0, errors: '', output: byId.output });
    const asked = "(It was asked with the key in CASELEDGER_KEY; an administrator's reads no case.)";
    for (const none of ['0', '2', '999999999'])
      expect(await run('event', none)).toMatchObject({
        code: 1,
        output: '',
        errors: `There is no event ${none} that your key may see: give its id or its sequence, as caseledger events --json shows them. ${asked}\n`,
      });
  });

  it('names the place of the key that is not known, or may not do it, and never the key', async () => {
    const folder = join(service.folder, 'others');
    mkdirSync(folder);
    const file = join(folder, 'admin.key');
    writeFileSync(file, UNKNOWN);
    const lines = join(folder, 'lines');
    copyFileSync(file, lines);
    const commands = [['events'], ['events', '--follow'], ['import', lines]];
    for (const [place, given] of [
      ['CASELEDGER_KEY', { CASELEDGER_KEY: UNKNOWN }],
      [file, { DATA_DIR: folder }],
    ] as const) {
      const answers = await Promise.all(
        commands.map((args) => caseledger(args, { CASELEDGER_URL: service.url, ...given })),
      );
      for (const { code, errors } of answers) {
        expect([code, errors]).toEqual([1, expect.stringContaining(`does not know the key in ${place}: give one`)]);
        expect(errors).not.toContain(UNKNOWN);
      }
    }
    const auditor = {
      ...{ principal: 'aud', label: 'Aud', actorKind: 'PERSON' },
      ...{ principalRoles: ['AUDITOR'], scopes: ['AUDIT'] },
    };
    const { data } = await service.command('issueKey', auditor, undefined, 'secret');
    const bound = { CASELEDGER_URL: service.url, CASELEDGER_KEY: data.issueKey.secret as string };
    for (const args of [
      ['key', 'list'],
      ['events', '--follow'],
      ['import', lines],
    ])
      expect(await caseledger(args, bound)).toMatchObject({
        code: 1,
        errors: expect.stringMatching(
          /ask an administrator for one\. \(It was asked with the key in CASELEDGER_KEY\.\)/,
        ),
      });
  });

  it("names the place of the administrator's key, which reads no case, where nothing is found with it", async () => {
    const keyless = { CASELEDGER_URL: service.url, DATA_DIR: service.folder };
    const file = join(service.folder, 'admin.key');
    const commands = [
      ['history', caseId],
      ['access', 'CASE-1999-0001'],
      ['event', '999999999'],
      ['trace', 'nothing'],
    ];
    for (const { code, errors } of await Promise.all(commands.map((args) => caseledger(args, keyless)))) {
      expect([code, errors]).toEqual([1, expect.stringMatching(/^There is no .* that your key may see/)]);
      expect(errors).toContain(` (It was asked with the key in ${file}; an administrator's reads no case.)\n`);
    }
  });

  it('says what is wrong with an address that leads to the server', async () => {
    const { CASELEDGER_KEY } = environment;
    const answers = [
      [
        `${service.url} `,
        "CASELEDGER_URL has blanks around it, or a line's end or another control character in it; allowed is none.\n",
      ],
      [`${service.url}/graphql`, `CASELEDGER_URL is ${service.url}/graphql: leave /graphql out, as ${service.url}.\n`],
      [
        service.url.replace('http', 'https'),
        `What answers at ${service.url.replace('http', 'https')}/graphql speaks no TLS: begin the address with http://, or name the proxy that speaks it.\n`,
      ],
    ];
    for (const [CASELEDGER_URL, errors] of answers)
      expect(await caseledger(['events'], { CASELEDGER_URL, CASELEDGER_KEY })).toEqual({ code: 1, output: '', errors });
  });

  it('lists all that is wrong with what was given', async () => {
    const admin = { CASELEDGER_URL: service.url, CASELEDGER_KEY: service.adminKey };
    const { code, errors } = await caseledger(['key', 'issue', '', '--organisation', ''], admin);
    expect(code).toBe(1);
    expect(errors.trimEnd().split('\n')).toEqual(
      ['principal', 'label', 'organisation'].map((field) =>
        expect.stringMatching(new RegExp(`^input\\.${field} must `)),
      ),
    );
  });

  it('tells a read store from a log, and names the log', async () => {
    const [store] = readdirSync(service.folder).filter((name) => /^read-\d+\.sqlite$/.test(name));
    const file = join(service.folder, store);
    expect(await run('verify', file)).toEqual({
      code: 3,
      output: '',
      errors: `${file} is a read store, which is built from the log: name the log's file, log.sqlite.\n`,
    });
  });

  it('says that a file stands where it is to write a folder', async () => {
    const file = join(service.folder, 'a-file');
    writeFileSync(file, '');
    const data = { DATA_DIR: service.folder };
    const answers = await Promise.all([
      caseledger(['backup', join(file, 'below')], data),
      ...[file, join(file, 'below')].map((at) =>
        caseledger(['copy-log', '--from', 'sqlite:', '--to', `sqlite:${at}`], data),
      ),
    ]);
    expect(answers).toEqual(
      [
        `${join(file, 'below')} cannot be made a folder (ENOTDIR): name one that can, or is there and empty.\n`,
        `The log cannot be copied to ${file}, as ${file} is a file: name a folder, as sqlite:FOLDER.\n`,
        `The log cannot be copied to ${join(file, 'below')}, as ${file} is a file: name a folder, as sqlite:FOLDER.\n`,
      ].map((errors) => ({ code: 1, output: '', errors })),
    );
  });

  it('advises another folder to copy a log to or from, where what stands there is none', async () => {
    const [others, text] = ['database', 'text'].map((name) => join(service.folder, name));
    for (const folder of [others, text]) mkdirSync(folder);
    const database = new DatabaseSync(join(others, 'log.sqlite'));
    database.exec('CREATE TABLE others (id)');
    database.close();
    writeFileSync(join(text, 'log.sqlite'), 'No database at all.'.repeat(100));
    const data = { DATA_DIR: service.folder };
    for (const folder of [others, text]) {
      const ends: [string, string, string][] = [
        ['--to', 'sqlite:', `sqlite:${folder}`],
        ['--from', `sqlite:${folder}`, `sqlite:${join(service.folder, 'new')}`],
      ];
      for (const [option, from, to] of ends)
        expect(await caseledger(['copy-log', '--from', from, '--to', to], data)).toEqual({
          ...{ code: 1, output: '' },
          errors: `${join(folder, 'log.sqlite')} is no event log, or its beginning is damaged: name another folder, as ${option} sqlite:FOLDER.\n`,
        });
    }
  });

  it('names the end of a copy where no EventStoreDB answers', async () => {
    const away = 'esdb://ines:secret@127.0.0.1:1?tls=false';
    const ends: [string, string, string][] = [
      ['--to', 'sqlite:', away],
      ['--from', away, `sqlite:${join(service.folder, 'copy')}`],
    ];
    const answers = await Promise.all(
      ends.map(([, from, to]) => caseledger(['copy-log', '--from', from, '--to', to], { DATA_DIR: service.folder })),
    );
    expect(answers).toEqual(
      ends.map(([option]) => ({
        ...{ code: 1, output: '' },
        errors: `The log at esdb://ines:…@127.0.0.1:1?tls=false cannot be opened (connect ECONNREFUSED 127.0.0.1:1): start EventStoreDB there, or correct ${option}.\n`,
      })),
    );
  });

  it('exits 1 where a line was refused, whoever reads what is printed', async () => {
    const file = join(service.folder, 'nonsense.ndjson');
    writeFileSync(file, '{"command":"nonsense","input":{}}\n');
    const unread = start(['import', file], environment);
    unread.leave();
    expect(await unread.ended).toMatchObject({ code: 1, errors: '' });
  });
});
