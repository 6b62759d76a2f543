import { closeSync, fstatSync, openSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { isBusy, messageOf } from '#event-sourcing/log/sqlite/sqlite-error.js';
import { Refused } from '../exit.js';

/**
 * Makes this process the only one that imports the file until the function returned is called or the process ends, however
 * it ends: the lock is one of the operating system's, on `<file>.lock`, held by an open write transaction. Two at once would
 * keep one place, and write over each other's refused lines. Throws `Refused` where another process imports the file,
 * or nothing can be written beside it.
 */
export function lockImport(file: string): () => void {
  const path = `${file}.lock`;
  for (;;) {
    // Kept open, so that no later file of this name is taken for this one.
    const opened = openedFor(path);
    const db = new DatabaseSync(path);
    try {
      // Nothing is written into it.
      db.exec('BEGIN IMMEDIATE');
    } catch (error) {
      db.close();
      closeSync(opened);
      if (!isBusy(error)) throw new Refused(`${path} cannot be used (${messageOf(error)}): move it away.`);
      throw new Refused(
        `${file} is being imported by another process: wait until that has ended, then look at what it says.`,
      );
    }
    const release = (): void => {
      db.close();
      closeSync(opened);
    };
    // Else whoever had it before took it away meanwhile, and it keeps nobody out.
    if (statSync(path, { throwIfNoEntry: false })?.ino === fstatSync(opened).ino)
      return () => {
        rmSync(path, { force: true });
        release();
      };
    release();
  }
}

function openedFor(path: string): number {
  try {
    return openSync(path, 'a');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Refused(
      `${path} cannot be written (${code}): put the file into a folder that can be, as the place of the import is kept beside it.`,
    );
  }
}
