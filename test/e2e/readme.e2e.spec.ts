import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '#event-sourcing/package-root.js';
import { type Answer, Service } from './service.js';

const README = readFileSync(join(packageRoot, 'README.md'), 'utf8');

/** A fenced block: its language and its text. */
const blocks = [...README.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language, text]) => ({ language, text }));

/** The commands to paste, each with the answer shown behind it, if one is. */
const queries = blocks.flatMap(({ language, text }, n) => {
  if (language !== 'sh' || !text.startsWith('curl ')) return [];
  const next = blocks[n + 1];
  return [{ command: text, shown: next?.language === 'json' ? (JSON.parse(next.text) as Answer) : undefined }];
});

/** For machines without curl: what the README asks of it. */
const CURL = `#!${process.execPath}
const { values, positionals: [url] } = require('node:util').parseArgs({ allowPositionals: true, options: {
  silent: { type: 'boolean', short: 's' }, header: { type: 'string', short: 'H', multiple: true }, data: { type: 'string', short: 'd' } } });
const headers = values.header.map((line) => line.split(/: */, 2));
fetch(url, { method: 'POST', headers, body: values.data }).then((answer) => answer.text()).then((text) => process.stdout.write(text));
`;

describe('the README', () => {
  let place: string;
  let service: Service;
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'caseledger-readme-'));
    service = await Service.on(join(place, 'data'));
    await mkdir(join(place, 'bin'));
    await writeFile(join(place, 'bin/curl'), CURL);
    await chmod(join(place, 'bin/curl'), 0o755);
  });
  afterAll(async () => {
    await service.stop();
    await rm(place, { recursive: true });
  });

  /** Runs what is pasted where `npm start` runs; only the port is another. */
  async function paste(command: string): Promise<Answer> {
    expect(command).toContain('http://127.0.0.1:4000/');
    const { stdout } = await promisify(execFile)(
      'sh',
      ['-c', command.replaceAll('http://127.0.0.1:4000', service.url)],
      {
        cwd: place,
        env: { ...process.env, PATH: `${process.env.PATH}${delimiter}${join(place, 'bin')}` },
      },
    );
    return JSON.parse(stdout) as Answer;
  }

  it('shows queries that answer, on a fresh folder and in this order, what it says they answer', async () => {
    expect(queries.length).toBeGreaterThanOrEqual(3);
    expect(queries.filter(({ shown }) => shown).length).toBeGreaterThanOrEqual(2);
    const year = new Date().getUTCFullYear();
    for (const { command, shown } of queries) {
      const { data, errors, extensions } = await paste(command);
      expect(errors).toBeUndefined();
      if (!shown) continue;
      const thisYear = JSON.parse(JSON.stringify(shown).replaceAll(/CASE-\d{4}-/g, `CASE-${year}-`)) as Answer;
      expect(data).toEqual(thisYear.data);
      expect(extensions).toMatchObject(thisYear.extensions!);
    }
  });

  it('says truly that sending a command again records nothing', async () => {
    const before = await service.logHead();
    const commands = queries.filter(({ command }) => command.includes('mutation'));
    expect(commands.length).toBeGreaterThan(0);
    for (const { command } of commands) expect((await paste(command)).errors).toBeUndefined();
    expect(await service.logHead()).toBe(before);
  });

  it('names scripts that there are, and links to pages that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { scripts: object };
    const named = [...README.matchAll(/npm (?:run )?([a-z:]+)/g)].map(([, name]) => name);
    expect(named.filter((name) => name !== 'ci' && !Object.hasOwn(scripts, name))).toEqual([]);
    const links = [...README.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => path);
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((path) => !existsSync(join(packageRoot, path)))).toEqual([]);
  });
});
