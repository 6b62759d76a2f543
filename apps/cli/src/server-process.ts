import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '#event-sourcing/package-root.js';

const SERVER = join(packageRoot, 'dist/run/apps/server/src/main.js');
const LISTENS = /Caseledger listens on (http:\/\/\S+)/;

/** A server in a process of its own. */
export interface ServerProcess {
  /** Where it listens, as it printed it. */
  url: string;
  adminKey: string;
  /** Its exit code, once it has ended; null if a signal ended it. */
  exited: Promise<number | null>;
  /** Sends it a SIGTERM and waits for its end. */
  stop: () => Promise<number | null>;
}

/**
 * Starts a server over a data folder and waits until it listens. It ends with this process, if not before.
 * @param environment beside this process's own: PORT and so on
 * @throws Error with what the server wrote, if it ends before it listens
 */
export async function startServer(dataDir: string, environment: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  const child = spawn(process.execPath, [SERVER], {
    env: { ...process.env, ...environment, DATA_DIR: dataDir },
    // By the last it notices that this process is gone, however that ended.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // In a group of its own: Ctrl+C reaches this process alone, which then stops the server in order.
    detached: true,
  });
  const kill = (): boolean => child.kill('SIGTERM');
  process.once('exit', kill);
  const exited = once(child, 'exit').then(([code]) => {
    process.off('exit', kill);
    return code as number | null;
  });
  const stop = (): Promise<number | null> => {
    kill();
    return exited;
  };
  const url = await listening(child);
  try {
    const adminKey = (await readFile(join(dataDir, 'admin.key'), 'utf8')).trim();
    return { url, adminKey, exited, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address that a server prints when it listens. Its output is read to its end, or the server would block. */
function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    let found = false;
    const read = (chunk: string): void => {
      if (found) return;
      output += chunk;
      const url = LISTENS.exec(output)?.[1];
      if (!url) return;
      found = true;
      child.stderr!.pipe(process.stderr);
      resolve(url);
    };
    child.stdout!.setEncoding('utf8').on('data', read);
    child.stderr!.setEncoding('utf8').on('data', read);
    child.once('error', reject);
    child.once('close', (code) => {
      if (!found) reject(new Error(`The server ended (exit code ${code}) before it listened:\n${output.trim()}`));
    });
  });
}
