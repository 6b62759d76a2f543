import { execFileSync } from 'node:child_process';
import { readFileSync, statfsSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { packageRoot } from '#event-sourcing/package-root.js';

/** What was measured, and where. */
export interface Machine {
  commit: string;
  node: string;
  cpu: string;
  cores: number;
  /** Type of the file system that the measured folder is on. */
  fs: string;
}

export function machine(folder: string): Machine {
  return {
    commit: commit(),
    node: process.version,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    fs: fileSystem(folder),
  };
}

/** The commit that is checked out; `-changed` if files differ from it. */
function commit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: packageRoot, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return git('rev-parse', '--short=12', 'HEAD') + (git('status', '--porcelain') === '' ? '' : '-changed');
  } catch {
    return 'unknown';
  }
}

function fileSystem(folder: string): string {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, at]) => at !== undefined && (folder === at || folder.startsWith(at === '/' ? at : `${at}/`)))
      .sort(([, a], [, b]) => a.length - b.length);
    return mounts.at(-1)?.[2] ?? 'unknown';
  } catch {
    return `type 0x${statfsSync(folder).type.toString(16)}`;
  }
}
