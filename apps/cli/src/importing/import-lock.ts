import { closeSync, fstatSync, openSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { isBusy, messageOf } from '#event-sourcing/log/sqlite/sqlite-error.js';
import { Refused } from '../exit.js';

/**
 * Makes this process the only one that imports the file, and writes refused lines into that one, until the function returned is
 * called or the process ends, however it ends. Two at once would keep one place, and write over each other's refused lines.
 * Throws `Refused` where another process does either, or nothing can be written beside them.
 */
export function lockImport(file: string, refusedFile: string): () => void {
  const imported = lock(file, {
    isTaken: `${file} is being imported by another process: wait until that has ended, then look at what it says.`,
    cannot: (code) =>
      `${file}.lock cannot be written (${code}): put the file into a folder that can be, as the place of the import is kept beside it.`,
  });
  try {
    const place = placeOf(refusedFile);
    const written =
      place === null
        ? undefined
        : lock(place, {
            isTaken: `${refusedFile} takes the refused lines of another import: name another file with --refused, or wait until that has ended.`,
            cannot: (code) =>
              `${place}.lock cannot be written (${code}): name a file in a folder that can be, with --refused.`,
          });
    return () => {
      try {
        written?.();
      } finally {
        imported();
      }
    };
  } catch (error) {
    imported();
    throw error;
  }
}

/** Where a file stands, by whichever name it is given; null for what is no file, as a terminal, which takes the lines of all. */
function placeOf(refusedFile: string): string | null {
  try {
    const known = statSync(refusedFile, { throwIfNoEntry: false });
    if (known) return known.isFile() ? realpathSync(refusedFile) : null;
    return join(realpathSync(dirname(refusedFile)), basename(refusedFile));
  } catch (error) {
    throw new Refused(notWritable(refusedFile, (error as NodeJS.ErrnoException).code));
  }
}

/** That refused lines cannot be written there. */
export const notWritable = (refusedFile: string, code: string | undefined): string =>
  `${refusedFile} cannot be written (${code}): name a file that can be, with --refused.`;

interface Sentences {
  isTaken: string;
  cannot: (code: string | undefined) => string;
}

/** The lock is one of the operating system's, on `<file>.lock`, held by an open write transaction. */
function lock(file: string, sentences: Sentences): () => void {
  const path = `${file}.lock`;
  for (;;) {
    // Kept open, so that no later file of this name is taken for this one.
    const opened = openedFor(path, sentences);
    const db = new DatabaseSync(path);
    try {
      // Nothing is written into it.
      db.exec('BEGIN IMMEDIATE');
    } catch (error) {
      db.close();
      closeSync(opened);
      if (!isBusy(error)) throw new Refused(`${path} cannot be used (${messageOf(error)}): move it away.`);
      throw new Refused(sentences.isTaken);
    }
    const release = (): void => {
      db.close();
      closeSync(opened);
    };
    // Else whoever had it before took it away meanwhile, and it keeps nobody out.
    if (statSync(path, { throwIfNoEntry: false })?.ino === fstatSync(opened).ino)
      return () => {
        try {
          rmSync(path, { force: true });
        } finally {
          release();
        }
      };
    release();
  }
}

function openedFor(path: string, { cannot }: Sentences): number {
  try {
    return openSync(path, 'a');
  } catch (error) {
    throw new Refused(cannot((error as NodeJS.ErrnoException).code));
  }
}
