import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { packageRoot } from '#event-sourcing/package-root.js';

/** A script of the command line, running, as built in dist/. */
export interface Running {
  /** What it has written to stdout so far. */
  output: () => string;
  /** Resolves with the match once its stdout matches; rejects with all it wrote if it ends before. */
  wrote: (pattern: RegExp) => Promise<RegExpExecArray>;
  signal: (signal: NodeJS.Signals) => void;
  /** Closes its output, as a reader does that has seen enough. */
  leave: () => void;
  ended: Promise<{ code: number | null; output: string; errors: string }>;
}

/** Starts dist/run/apps/cli/src/<script>/main.js; `environment` replaces the variables that Caseledger reads. */
export function run(script: string, args: string[], environment: Record<string, string>): Running {
  const { CASELEDGER_URL: _url, CASELEDGER_KEY: _key, DATA_DIR: _folder, PORT: _port, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(packageRoot, 'dist/run/apps/cli/src', script, 'main.js'), ...args], {
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { output: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (written.output += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (written.errors += chunk));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...written }));
  const wrote = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(written.output);
        if (match) resolve(match);
      };
      child.stdout.on('data', look);
      void ended.then(({ output, errors }) =>
        reject(new Error(`It ended before it wrote ${pattern}:\n${output}\n${errors}`)),
      );
      look();
    });
  return {
    output: () => written.output,
    wrote,
    signal: (signal) => child.kill(signal),
    leave: () => child.stdout.destroy(),
    ended,
  };
}
