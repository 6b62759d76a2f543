import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '#event-sourcing/package-root.js';
import { GraphqlClient } from '../graphql-client.js';
import { issueKey } from '../issue-key.js';
import { type ProbeReport } from './probe.js';

/** The product; the same kind of process that answers constants; the product as its modules, which a probe can reach into. */
export const PROGRAMS = {
  product: join(packageRoot, 'dist/run/apps/server/src/main.js'),
  modules: join(packageRoot, 'dist/apps/server/src/main.js'),
  constant: join(packageRoot, 'dist/apps/cli/src/bench/constant/main.js'),
} as const;

/** A server in a process of its own, with a probe in it. */
export class MeasuredServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly key: string,
  ) {}

  /** Resolves when it listens. */
  static async start(
    program: keyof typeof PROGRAMS,
    folder: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<MeasuredServer> {
    const probe = pathToFileURL(join(packageRoot, 'dist/apps/cli/src/bench/probe.js')).href;
    const child = spawn(process.execPath, ['--import', probe, PROGRAMS[program]], {
      env: {
        ...process.env,
        HOST: '127.0.0.1',
        PORT: '0',
        DATA_DIR: folder,
        LOG_LEVEL: 'error',
        NODE_ENV: 'production',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const url = await listening(child, program);
    const adminKey = (await readFile(join(folder, 'admin.key'), 'utf8')).trim();
    // An administrator reads and records nothing in cases; the constants are served to whoever asks.
    return new MeasuredServer(child, url, program === 'constant' ? adminKey : await keyOf(folder, url, adminKey));
  }

  get client(): GraphqlClient {
    return new GraphqlClient(this.url, this.key);
  }

  /** Gives the server's program a message of its own. */
  tell(message: object): void {
    this.child.send(message);
  }

  /** From here on the probe's report counts. */
  beginReport(): void {
    this.child.send('begin');
  }

  async report(): Promise<ProbeReport> {
    const answered = once(this.child, 'message') as Promise<[ProbeReport]>;
    this.child.send('report');
    const [report] = await answered;
    return report;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
  }
}

/** An investigator's key, issued at the first start on a folder. */
async function keyOf(folder: string, url: string, adminKey: string): Promise<string> {
  const file = join(folder, 'measurer.key');
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known) return known;
  const { key } = await issueKey(url, adminKey, 'measurer', ['INVESTIGATOR']);
  await writeFile(file, key);
  return key;
}

function listening(child: ChildProcess, program: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      const url = /listens on (http:\/\/\S+)/.exec(output)?.[1];
      if (url) resolve(url);
    });
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`The ${program} server ended (${code}) before it listened.`)));
  });
}
