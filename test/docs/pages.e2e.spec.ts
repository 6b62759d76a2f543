import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '#event-sourcing/package-root.js';
import { type Answer } from '../e2e/api.js';
import { type Block, type Page, pages } from './blocks.js';
import { holds, invalid, otherThanServed } from './graphql-blocks.js';
import { Reader } from './reader.js';

const DOCKER = /\bdocker\b/;
const all = pages();

/** What no test runs, and why: the page says it in a comment before the block. */
const NOT_RUN = [
  'README.md: npm ci && npm start: the tests run on what it installs, and start the server themselves',
  'README.md: npm ci && npm test: it runs this very test',
  'docs/getting-started.md: npm ci\nnpm start: the tests run on what it installs, and start the server themselves',
  "docs/assessing.md: npx caseledger techniques load ATLAS.yaml\nnpx caseledger techniques load enterprise-attack.json\nnpx caseledger techniques list: MITRE's files are not here",
  'docs/deployment.md: docker compose -f docker-compose.embedded.yml up --build --detach\ndocker compose -f docker-compose.embedded.yml logs caseledger: it needs Docker',
  'docs/deployment.md: POSTGRES_PASSWORD=choose-one docker compose up --build --detach\ndocker compose logs api: it needs Docker',
  'docs/deployment.md: npx caseledger copy-log --from sqlite:./data --to "esdb://127.0.0.1:2113?tls=false": it needs an EventStoreDB server',
  'docs/importing.md: npx caseledger import past.ndjson: the file is an example',
];

/** All code of the product and its tests in one line, without what formatting adds. */
const plain = (text: string): string => text.replaceAll(/\s+|,(?=\s*[)\]}])/g, '');
let code: string | undefined;
function source(): string {
  code ??= ['apps', 'libs', 'test']
    .flatMap((folder) =>
      readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.ts'))
        .map((path) => plain(readFileSync(join(packageRoot, folder, path), 'utf8'))),
    )
    .join('\n');
  return code;
}

/** The answer that a page shows, as of this year. */
function thisYear(shown: unknown): Answer {
  const year = new Date().getUTCFullYear();
  return JSON.parse(JSON.stringify(shown).replaceAll(/CASE-\d{4}-/g, `CASE-${year}-`)) as Answer;
}

async function runShell({ text, until, shown }: Block, reader: Reader): Promise<void> {
  const output = await reader.paste(text, until);
  if (!/\bcurl\b.*\/graphql/.test(text)) return;
  const { data, errors, extensions } = JSON.parse(output) as Answer;
  expect(errors).toBeUndefined();
  if (shown === undefined) return;
  const expected = thisYear(shown);
  expect(data).toEqual(expected.data);
  if (expected.extensions) expect(extensions).toMatchObject(expected.extensions);
}

async function runGraphql({ text, variables, shown }: Block, reader: Reader): Promise<void> {
  const kind = holds(text);
  if (kind === 'types') return expect(otherThanServed(text)).toEqual([]);
  expect(invalid(text)).toEqual([]);
  // What a subscription tells is tested with the clients of docs/examples.
  if (kind === 'fragments' || kind === 'subscription') return;
  const { data, errors } = await reader.service.ask(text, variables, await reader.key());
  expect(errors).toBeUndefined();
  if (shown !== undefined) expect(data).toEqual(thisYear(shown).data);
}

/** An excerpt stands so in the product or its tests, which run it. */
function runTypescript({ text }: Block): void {
  // Not shown if it is not there: it is all the code.
  const stands = source().includes(plain(text).replace(/,$/, ''));
  expect({ stands }).toEqual({ stands: true });
}

const RUN = { shell: runShell, graphql: runGraphql, typescript: runTypescript };
const whyNot = ({ kind, text, notRun }: Block): string | undefined =>
  notRun ?? (kind === 'shell' && DOCKER.test(text) ? 'it needs Docker' : undefined);

describe('what the pages say', () => {
  let reader: Reader;
  beforeAll(async () => {
    reader = await Reader.begin();
  });
  afterAll(() => reader.end());

  describe.each(all.filter(({ blocks }) => blocks.length > 0))('$path', ({ blocks }: Page) => {
    for (const block of blocks) {
      const title = `line ${block.line} (${block.kind}): ${block.text.split('\n', 1)[0].slice(0, 70)}`;
      const reason = whyNot(block);
      if (reason === undefined) it(`${title} does what the page says`, async () => RUN[block.kind](block, reader));
      else it.skip(`${title} (not run: ${reason})`, () => undefined);
    }

    const commands = blocks.filter(({ text }) => text.includes('curl') && text.includes('commandId'));
    if (commands.length > 0)
      it('has commands that record nothing when they are sent again', async () => {
        const before = reader.service.recorded();
        for (const { text } of commands) await reader.paste(text);
        expect(reader.service.recorded()).toBe(before);
      });
  });
});

describe('every page', () => {
  it('has each block run but for these', () => {
    const notRun = all.flatMap(({ path, blocks }) =>
      blocks.filter(whyNot).map((block) => [path, block.text.trim(), whyNot(block)].join(': ')),
    );
    expect(notRun).toEqual(NOT_RUN);
  });

  it('names scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { scripts: object };
    const named = all.flatMap(({ text }) =>
      [...text.matchAll(/npm (?:run )?([a-z]+(?::[a-z]+)*)/g)].map(([, name]) => name),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !['ci', 'install', 's'].includes(name) && !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('links to pages that there are', () => {
    const links = all.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => join(dirname(path), link)),
    );
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((path) => !existsSync(join(packageRoot, path)))).toEqual([]);
  });

  it('has shell that the shell can read', () => {
    for (const { text } of all.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === 'shell')))
      execFileSync('sh', ['-n', '-c', text]);
  });
});
