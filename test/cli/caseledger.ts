import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { packageRoot } from '#event-sourcing/package-root.js';

/** What a run of `caseledger` came to. */
export interface Ran {
  code: number | null;
  output: string;
  errors: string;
}

/** `caseledger`, running. */
export interface RunningCommand {
  written: { output: string; errors: string };
  kill: (signal: NodeJS.Signals) => void;
  /** Closes its output, as a reader does that has seen enough. */
  leave: () => void;
  ended: Promise<Ran>;
}

const OWN = [
  'CASELEDGER_URL',
  'CASELEDGER_KEY',
  'DATA_DIR',
  'NO_COLOR',
  'FORCE_COLOR',
  'CI',
  'EVENT_LOG',
  'EVENT_LOG_PREFIX',
  'READ_STORE',
];

/** Starts `caseledger` as built in dist/; of the variables it reads it sees only those of `environment`. */
export function start(
  args: readonly string[],
  environment: Record<string, string> = {},
  cwd = process.cwd(),
): RunningCommand {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN.includes(name)));
  const child = spawn(process.execPath, [join(packageRoot, 'dist/run/apps/cli/src/main.js'), ...args], {
    env: { ...inherited, ...environment },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { output: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (written.output += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (written.errors += chunk));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...written }));
  return { written, kill: (signal) => child.kill(signal), leave: () => child.stdout.destroy(), ended };
}

/** Runs `caseledger` to its end. */
export const caseledger = (args: readonly string[], environment?: Record<string, string>, cwd?: string): Promise<Ran> =>
  start(args, environment, cwd).ended;

/** The JSON of each line. */
export const jsonLines = (output: string): any[] =>
  output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
