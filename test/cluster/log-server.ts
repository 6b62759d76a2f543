import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Readable } from 'node:stream';
import { packageRoot } from '#event-sourcing/package-root.js';
import { Proxy } from '../eventstoredb/proxy.js';

const MAIN = join(packageRoot, 'dist/test/eventstoredb/main.js');

/** The double of an EventStoreDB server in a process of its own, to be killed and stopped by signals, behind a proxy. */
export class LogServer {
  readonly prefix = 'faults:';

  private constructor(
    private readonly folder: string,
    private child: ChildProcessByStdio<null, Readable, null>,
    private readonly address: string,
    /** What the servers connect to. */
    readonly proxy: Proxy,
  ) {}

  static async start(): Promise<LogServer> {
    const folder = await mkdtemp(join(tmpdir(), 'caseledger-esdb-'));
    const { child, url } = await run(folder, '0');
    return new LogServer(folder, child, url, await Proxy.start(url));
  }

  get url(): string {
    return this.proxy.url;
  }

  /** Ends it, by SIGTERM in order; resolves when nothing of it runs any more. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.kill(signal);
    await exit;
  }

  /** Starts it again, on the port it had, with the data it had. */
  async restart(): Promise<void> {
    ({ child: this.child } = await run(this.folder, new URL(this.address.replace('esdb:', 'http:')).port));
  }

  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  async close(): Promise<void> {
    this.thaw();
    await this.end('SIGKILL');
    await this.proxy.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function run(folder: string, port: string) {
  const child = spawn(process.execPath, [MAIN, '--folder', folder, '--port', port], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as [unknown];
  const url = /^esdb:\S+/.exec(String(chunk))?.[0];
  if (!url) throw new Error('The double of EventStoreDB does not start.');
  return { child, url };
}
