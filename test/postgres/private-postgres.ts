import { type ChildProcess, type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdtemp, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Readable, type Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

/** Where Debian, Red Hat and Homebrew put the server's programs, which are not on the path. */
const FOLDERS = ['/usr/lib/postgresql', '/usr/pgsql', '/opt/homebrew/opt', '/usr/local/opt'];
/** The server refuses to run as root: then it runs as the first of these that there is. */
const USERS = ['postgres', 'nobody'];
/** How long a server may take to start, in milliseconds. */
const PATIENCE = 30_000;

/** No server can be started here; the message says why. */
export class NoPostgres extends Error {}

/** A server's programs: the newest version that is installed. */
function programs(): string {
  const nested = FOLDERS.flatMap((folder) =>
    existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, 'bin')) : [],
  ).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  const all = [...nested, ...(process.env.PATH ?? '').split(delimiter)];
  const found = all.find((folder) => ['postgres', 'initdb'].every((name) => existsSync(join(folder, name))));
  if (!found) throw new NoPostgres('PostgreSQL is not installed: there are no programs postgres and initdb.');
  return found;
}

export function hasPrograms(): boolean {
  try {
    return programs() !== '';
  } catch {
    return false;
  }
}

/** Whom the server runs as; nothing where this process is no root's. */
function user(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const name of USERS) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // There is no such user.
    }
  }
  throw new NoPostgres(`PostgreSQL refuses to run as root, and there is no user ${USERS.join(' or ')}.`);
}

/**
 * Makes the data, then starts, stops, kills, freezes and thaws the server as it is told, a word a line; at the end of its input it
 * ends the server: so it does however this process ends.
 */
const SCRIPT = `trap : INT TERM HUP
"$1/initdb" -D "$2/data" -U caseledger -A scram-sha-256 --pwfile="$2/password" -E UTF8 --no-sync \\
  --locale=C --locale-provider=icu --icu-locale=en-US >"$2/log" 2>&1 || { cat "$2/log" >&2; rm -rf "$2"; exit 1; }
all() { kill -"$1" $server $(pgrep -P $server); }
while read -r word; do
  case $word in
    start) "$1/postgres" -D "$2/data" -p "$3" -h 127.0.0.1 -k "" -c fsync=off -c full_page_writes=off -c max_connections=200 >>"$2/log" 2>&1 </dev/null &
      server=$! ;;
    kill) all KILL; wait $server 2>/dev/null ;;
    stop) kill -INT $server; wait $server 2>/dev/null ;;
    freeze) all STOP ;;
    thaw) all CONT ;;
  esac
  echo done
done
[ -n "$server" ] && { all CONT; kill -INT $server; wait $server; }
rm -rf "$2"`;

/**
 * A server of the installed programs on a free port, with its data in a folder of its own. It orders texts by language where
 * nothing else is said, so that a query that leaves the order to it is found out.
 */
export class PrivatePostgres {
  private errors = '';

  private constructor(
    private readonly script: ChildProcessByStdio<Writable, Readable, Readable>,
    private readonly bin: string,
    private readonly port: number,
    private readonly password: string,
  ) {
    script.stderr.on('data', (text) => (this.errors += String(text)));
  }

  /** Rejects with `NoPostgres`. */
  static async start(): Promise<PrivatePostgres> {
    const [bin, as, port] = [programs(), user(), await freePort()];
    const password = randomBytes(16).toString('hex');
    const folder = await mkdtemp(join(tmpdir(), 'caseledger-postgres-'));
    await writeFile(join(folder, 'password'), password);
    if (as.uid !== undefined) {
      for (const path of [folder, join(folder, 'password')]) await chown(path, as.uid, as.gid!);
    }
    await chmod(folder, 0o700);
    const script = spawn('sh', ['-c', SCRIPT, 'sh', bin, folder, String(port)], {
      ...as,
      cwd: '/',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const postgres = new PrivatePostgres(script, bin, port, password);
    await postgres.restart();
    return postgres;
  }

  get url(): string {
    return `postgres://caseledger:${this.password}@127.0.0.1:${this.port}/postgres`;
  }

  get version(): string {
    return execFileSync(join(this.bin, 'postgres'), ['--version'], { encoding: 'utf8' }).trim();
  }

  /** Starts it again after it was killed; resolves when it takes connections. */
  async restart(): Promise<void> {
    await this.tell('start');
    await this.untilReady();
  }

  /** In order: sessions are ended, what was written is kept. */
  stop(): Promise<void> {
    return this.tell('stop');
  }

  /** By SIGKILL, with all that it is at. */
  kill(): Promise<void> {
    return this.tell('kill');
  }

  /** It does nothing at all from then on, and lets nothing go. */
  freeze(): Promise<void> {
    return this.tell('freeze');
  }

  thaw(): Promise<void> {
    return this.tell('thaw');
  }

  /** Ends it and takes its folder away. */
  async end(): Promise<void> {
    const { script } = this;
    if (script.exitCode !== null) return;
    const exit = once(script, 'exit');
    this.holdsProcess(true);
    script.stdin.end();
    await exit;
  }

  private async tell(word: string): Promise<void> {
    const { script } = this;
    const answered = new AbortController();
    const { signal } = answered;
    const answer = Promise.race([once(script.stdout, 'data', { signal }), once(script, 'exit', { signal })]);
    this.holdsProcess(true);
    script.stdin.write(`${word}\n`);
    await answer;
    // The one that has not come is waited for no longer.
    answered.abort();
    this.holdsProcess(false);
    if (script.exitCode !== null) throw new NoPostgres(`PostgreSQL does not start: ${this.errors.trim()}`);
  }

  /** A test that has ended does not wait for it. */
  private holdsProcess(isHeld: boolean): void {
    const { script } = this;
    for (const one of [script, script.stdin, script.stdout, script.stderr] as unknown as (ChildProcess | Socket)[]) {
      if (isHeld) one.ref();
      else one.unref();
    }
  }

  private async untilReady(): Promise<void> {
    for (const end = Date.now() + PATIENCE; !(await this.isReady()); await delay(20)) {
      if (Date.now() < end) continue;
      await this.end();
      throw new NoPostgres(`PostgreSQL has not started within ${PATIENCE / 1_000} s.`);
    }
  }

  private isReady(): Promise<boolean> {
    const asked = spawn(join(this.bin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(this.port)], {
      stdio: 'ignore',
    });
    return new Promise((resolve) => {
      asked.once('exit', (code) => resolve(code === 0));
      asked.once('error', () => resolve(false));
    });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
