import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { namesIn } from '../../on-disk.js';
import { LogCannotOpen } from '../errors.js';

/** How the name of a file ends that is not whole yet. */
export const PART = '.part';
/** Behind a data folder's name, that of what is made ready to take its place; six characters follow. */
const RESTORING = '.restoring-';
const SIX = /^[A-Za-z0-9]{6}$/;

/** How the folders begin in which what is to take a data folder's place is made ready, beside it. */
export const restoringBeside = (folder: string): string => `${folder}${RESTORING}`;

/** What restores of a folder that were broken off have left beside it; nothing where that cannot be listed. */
export function unfinishedRestores(folder: string): string[] {
  const parent = dirname(folder);
  const start = basename(restoringBeside(folder));
  const left = namesIn(parent).filter((name) => name.startsWith(start) && SIX.test(name.slice(start.length)));
  // A backup that somebody has named so is none.
  return left.map((name) => join(parent, name)).filter((path) => !namesIn(path).includes('backup.json'));
}

/** Refuses to begin a new log where there was one, or was to be one. Throws `LogCannotOpen`. */
export function checkMissing(file: string): void {
  const missing = (what: string, remedy: string): never => {
    throw new LogCannotOpen(`${file} is missing though ${what} is there${remedy}.`);
  };
  const again = ', which a restore that was broken off has left: run caseledger restore again, or remove';
  if (existsSync(`${file}-wal`)) missing(`${file}-wal`, ': put it back, or restore both from a backup');
  if (existsSync(`${file}${PART}`)) missing(`${file}${PART}`, `${again} ${file}${PART} to begin a new log`);
  const folder = resolve(dirname(file));
  const [unfinished] = unfinishedRestores(folder);
  if (unfinished)
    missing(unfinished, `${again} that folder to begin a new log (what was there before is in ${folder}.replaced-…)`);
}
