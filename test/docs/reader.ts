import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { packageRoot } from '#event-sourcing/package-root.js';
import { Service } from '../e2e/service.js';

const NODE = `'${process.execPath}'`;
/** For machines without curl: what the pages ask of it. */
const CURL = `#!${process.execPath}
const { values, positionals: [url] } = require('node:util').parseArgs({ allowPositionals: true, options: {
  silent: { type: 'boolean', short: 's' }, 'no-buffer': { type: 'boolean', short: 'N' },
  header: { type: 'string', short: 'H', multiple: true }, data: { type: 'string', short: 'd' } } });
const headers = (values.header ?? []).map((line) => line.split(/: */, 2));
(async () => {
  const { body } = await fetch(url, { method: values.data === undefined ? 'GET' : 'POST', headers, body: values.data });
  for await (const chunk of body) process.stdout.write(chunk);
})();
`;
/** What a reader's folder has after `npm ci` and a build: no page waits for another build. */
const COMMANDS: Readonly<Record<string, string>> = {
  npx: '#!/bin/sh\nexec "$@"\n',
  caseledger: `#!/bin/sh\nexec ${NODE} '${join(packageRoot, 'apps/cli/bin/caseledger.mjs')}' "$@"\n`,
  npm: `#!/bin/sh
test "$1" = run || { echo "npm $1 is not run here" >&2; exit 64; }
script=$2; shift 2; test "$1" != -- || shift
exec ${NODE} "${packageRoot}/dist/run/apps/cli/src/$script/main.js" "$@"\n`,
};
/** What the reader's terminal must not inherit from whoever runs the tests. */
const OWN = ['CASELEDGER_URL', 'CASELEDGER_KEY', 'DATA_DIR', 'NODE_OPTIONS'];
const LONGEST = 50_000;

/** Somebody who reads the pages beside a running server, in a folder of their own, and pastes what they say into one terminal. */
export class Reader {
  private constructor(
    private readonly place: string,
    readonly service: Service,
  ) {}

  static async begin(): Promise<Reader> {
    const place = await mkdtemp(join(tmpdir(), 'caseledger-docs-'));
    const service = await Service.on(join(place, 'data'));
    for (const folder of ['bin', 'spare']) await mkdir(join(place, folder));
    for (const [name, text] of Object.entries(COMMANDS)) await executable(join(place, 'bin', name), text);
    await executable(join(place, 'spare/curl'), CURL);
    await symlink(join(packageRoot, 'docs'), join(place, 'docs'));
    return new Reader(place, service);
  }

  /**
   * Pastes a command where `npm start` runs; only the port is another. What it exports stays, as in a terminal.
   * @param until of an endless command: what it must write; then it is interrupted
   * @returns what it wrote; throws with it, if it fails
   */
  async paste(command: string, until?: string): Promise<string> {
    const kept = join(this.place, 'exported');
    const script = `test ! -e '${kept}' || . '${kept}'\n${this.here(command)}\nexport -p > '${kept}'`;
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN.includes(name)));
    const path = [join(this.place, 'bin'), process.env.PATH, join(this.place, 'spare')].join(delimiter);
    const shell = spawn('sh', ['-ec', script], {
      cwd: this.place,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...inherited, PATH: path, CASELEDGER_URL: this.service.url },
    });
    const interrupt = (signal: NodeJS.Signals): boolean => process.kill(-shell.pid!, signal);
    const tooLong = setTimeout(() => interrupt('SIGKILL'), LONGEST);
    let output = '';
    let errors = '';
    let met = false;
    shell.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    shell.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (until === undefined || met || !output.includes(until)) return;
      met = true;
      interrupt('SIGINT');
    });
    const [code] = (await once(shell, 'close')) as [number | null];
    clearTimeout(tooLong);
    if (until === undefined ? code !== 0 : !met) throw new Error(`${command}\nexits ${code}: ${output}${errors}`);
    return output;
  }

  /** The key that the pages had the reader export; the administrator's until then. */
  async key(): Promise<string> {
    const exported = await readFile(join(this.place, 'exported'), 'utf8').catch(() => '');
    return /^(?:export|declare -x) CASELEDGER_KEY=['"]?(\w+)/m.exec(exported)?.[1] ?? this.service.adminKey;
  }

  async end(): Promise<void> {
    await this.service.halt();
    await rm(this.place, { recursive: true });
  }

  private here(text: string): string {
    return text.replaceAll('http://127.0.0.1:4000', this.service.url);
  }
}

async function executable(path: string, text: string): Promise<void> {
  await writeFile(path, text);
  await chmod(path, 0o755);
}
