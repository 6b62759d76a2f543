import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { packageRoot } from '#event-sourcing/package-root.js';

const SERVER = join(packageRoot, 'dist/run/apps/server/src/main.js');
/** Variables the server reads: those of whoever runs the tests must not reach it. */
const OWN = [
  ...[
    'HOST',
    'PORT',
    'DATA_DIR',
    'SECRETS_DIR',
    'EVENT_LOG',
    'EVENT_LOG_PREFIX',
    'READ_STORE',
    'ROLES',
    'LOG_LEVEL',
    'READ_WAIT_MS',
    'NODE_ENV',
  ],
  ...['DISK_FLOOR_MB', 'READY_LAG_S', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  ...['RATE_LIMIT', 'GRAPHQL_GET', 'OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_GROUPS_CLAIM'],
];

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** All it wrote. */
  output: string;
  errors: string;
}

/** The built server in a process of its own, from its start to its end. */
export class ServerUnderTest {
  readonly ended: Promise<Ended>;
  /** Rejects with all it wrote if it ends though nobody asked it to. */
  readonly fell: Promise<never>;
  private readonly child: ChildProcess;
  private output = '';
  private errors = '';
  private asked = false;

  /**
   * Starts it on a free port of 127.0.0.1, unless `environment` says otherwise.
   * @param args of the server itself
   * @param by a command that runs it, given in front of its own
   */
  constructor(
    dataDir: string,
    environment: Readonly<Record<string, string>> = {},
    args: readonly string[] = [],
    by: readonly string[] = [],
  ) {
    const env = { ...process.env };
    for (const name of OWN) delete env[name];
    const [command, ...parameters] = [...by, process.execPath, SERVER, ...args];
    this.child = spawn(command, parameters, {
      env: { ...env, PORT: '0', DATA_DIR: dataDir, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout!.setEncoding('utf8').on('data', (chunk: string) => (this.output += chunk));
    this.child.stderr!.setEncoding('utf8').on('data', (chunk: string) => (this.errors += chunk));
    this.ended = once(this.child, 'close').then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      output: this.output,
      errors: this.errors,
    }));
    this.fell = new Promise((_, reject) => {
      void this.ended.then(({ code, signal, output, errors }) => {
        if (!this.asked) reject(new Error(`The server ended by itself (${code ?? signal}):\n${output}${errors}`));
      });
    });
    // Who waits for it hears of it; nobody else must.
    this.fell.catch(() => undefined);
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** All it wrote so far. */
  get written(): { output: string; errors: string } {
    return { output: this.output, errors: this.errors };
  }

  /** Resolves with its address when it has printed it. Rejects with what it wrote if it ends before. */
  listening(): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        // The whole first lines: the key is printed with them.
        const url = /Caseledger listens on (http:\/\/\S+)\n(?:GraphQL .*\nIDE|Health .*\nMetrics) .*\n/.exec(
          this.output,
        )?.[1];
        if (url) resolve(url);
      };
      this.child.stdout!.on('data', look);
      void this.ended.then(({ code, signal, output, errors }) =>
        reject(new Error(`The server ended (${code ?? signal}) before it listened:\n${output}${errors}`)),
      );
      look();
    });
  }

  /** SIGKILL: nothing of the process runs any more when this resolves. */
  async kill(): Promise<Ended> {
    this.asked = true;
    this.child.kill('SIGKILL');
    return this.ended;
  }

  /** SIGTERM: it stops in order. */
  async stop(): Promise<Ended> {
    this.asked = true;
    this.child.kill('SIGTERM');
    return this.ended;
  }
}
