import { execFileSync } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder } from './folder.js';

type InFolder = <T>(run: (folder: string) => Promise<T>) => Promise<T>;

const mount = (folder: string, options: string): void => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
};
// Lazily: a connection that is closed keeps its file until its statements are collected.
const unmount = (folder: string): void => {
  execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' });
};

/** Whether this user may mount a file system of its own. */
export const canMount: boolean = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'caseledger-test-'));
  try {
    mount(folder, 'size=64k');
    unmount(folder);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
})();

/** Runs in a folder that is a disk of its own, of so many MiB, in memory. */
export const smallDisk =
  (size: number): InFolder =>
  (run) =>
    inFolder(async (folder) => {
      mount(folder, `size=${size}m`);
      try {
        return await run(folder);
      } finally {
        unmount(folder);
      }
    });

/** Runs in a folder that this user cannot write; undefined where none can be made (root in a container may write anything). */
export function readOnlyFolder(): InFolder | undefined {
  if (process.getuid?.() !== 0) {
    return (run) =>
      inFolder(async (folder) => {
        await chmod(folder, 0o555);
        return run(folder);
      });
  }
  if (!canMount) return undefined;
  return (run) =>
    inFolder(async (folder) => {
      mount(folder, 'ro');
      try {
        return await run(folder);
      } finally {
        unmount(folder);
      }
    });
}
