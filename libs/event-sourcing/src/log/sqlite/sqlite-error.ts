import { dirname } from 'node:path';
import { LogCannotOpen, NoEventLog } from '../errors.js';

/** What the driver throws (SQLite's extended result code and the system's errno where it gave one). */
export interface SqliteError extends Error {
  errcode: number;
  systemErrno?: number;
}

const BUSY = 5;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;
const ENOSPC = 28;
const EDQUOT = 122;

/** SQLite's primary result code; 0 for any other error. (The driver's errors may be of another realm than ours.) */
export const sqliteCodeOf = (error: unknown): number =>
  ((error as Partial<SqliteError> | undefined)?.errcode ?? 0) & 0xff;

export const messageOf = (error: unknown): string => (error as Partial<Error> | undefined)?.message ?? String(error);

/** SQLite itself says that a page could not be written for want of space. */
export const isFull = (error: unknown): boolean => sqliteCodeOf(error) === FULL;

/** Want of space in any of its forms, said by SQLite or the system; only before a commit is it sure that nothing was stored. */
export const isOutOfSpace = (error: unknown): boolean =>
  isFull(error) ||
  ['ENOSPC', 'EDQUOT'].includes((error as Partial<NodeJS.ErrnoException> | undefined)?.code ?? '') ||
  ([IOERR, CANTOPEN].includes(sqliteCodeOf(error)) &&
    [ENOSPC, EDQUOT].includes((error as SqliteError).systemErrno ?? 0));

export const isBusy = (error: unknown): boolean => sqliteCodeOf(error) === BUSY;

/** One sentence for whoever starts the log: what is wrong with the file or its folder, and what to do. */
export function cannotOpen(file: string, error: unknown): LogCannotOpen {
  if (error instanceof LogCannotOpen) return error;
  const cause = messageOf(error);
  const Thrown = sqliteCodeOf(error) === NOTADB ? NoEventLog : LogCannotOpen;
  return new Thrown(sentence(file, error, cause), { cause: error });
}

function sentence(file: string, error: unknown, cause: string): string {
  if (isOutOfSpace(error)) return `The disk that holds ${file} is full: free some space on it and start again.`;
  switch (sqliteCodeOf(error)) {
    case NOTADB:
      return `${file} is not an event log, or its beginning is damaged: restore it from a backup, or set DATA_DIR to another folder.`;
    case CORRUPT:
      return `${file} is damaged (${cause}): restore it from a backup.`;
    case READONLY:
    case CANTOPEN:
      return `${file} cannot be written (${cause}): make the folder ${dirname(file)} exist and be writable for this user, or set DATA_DIR to one that is.`;
    case BUSY:
      return `${file} is being written by another process: stop that process, or set DATA_DIR to another folder.`;
    default:
      return `${file} cannot be opened (${cause}): remove the cause, or restore the file from a backup.`;
  }
}
