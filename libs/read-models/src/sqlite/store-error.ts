import { dirname } from 'node:path';
import { type StoreFaults } from '../projecting/projected-store.js';
import { ReadStoreCannotOpen } from '../read-models.js';

const BUSY = 5;
const NOMEM = 7;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** What the system says of a file that SQLite does not write, in SQLite's codes. */
const SYSTEM: Readonly<Record<string, number>> = { ENOSPC: FULL, EDQUOT: FULL, EIO: IOERR };

/** SQLite's primary result code; 0 for any other error. */
function codeOf(error: unknown): number {
  const { errcode, code } = (error ?? {}) as { errcode?: number; code?: string };
  return errcode === undefined ? (SYSTEM[code ?? ''] ?? 0) : errcode & 0xff;
}

/** Not the fault of what was read or written: it can succeed when tried again. */
export const isPassing = (error: unknown): boolean => [BUSY, NOMEM, READONLY, IOERR, FULL].includes(codeOf(error));

/** The file's content is not what SQLite wrote. */
export const isDamage = (error: unknown): boolean => [CORRUPT, NOTADB].includes(codeOf(error));

/** The remedy for everything that is wrong with a store's content. */
export const rebuildRemedy = (file: string): string =>
  `delete ${file} (with ${file}-wal and ${file}-shm, if they are there) and start again: it is rebuilt from the log`;

/** The driver begins some messages with the error's name. */
const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^Error: /, '');

/** One sentence: what is wrong with the store's file, and what to do. */
export function storeSentence(file: string, error: unknown): string {
  const cause = messageOf(error);
  switch (codeOf(error)) {
    case NOTADB:
    case CORRUPT:
      return `The read store ${file} is damaged (${cause}): ${rebuildRemedy(file)}.`;
    case FULL:
      return `The disk that holds the read store ${file} is full: free some space on it; nothing recorded is lost.`;
    case READONLY:
    case CANTOPEN:
      return `The read store ${file} cannot be written (${cause}): make ${dirname(file)} exist and be writable for this user, or set DATA_DIR to a folder that is.`;
    case BUSY:
      return `The read store ${file} is being written by another process: stop that process, or set DATA_DIR to another folder.`;
    default:
      return `The read store ${file} cannot be used (${cause}): remove the cause, or ${rebuildRemedy(file)}.`;
  }
}

/** What errors of a store's file mean to its projector. */
export const faultsOf = (file: string): StoreFaults => ({
  isPassing,
  sentence: (error) => storeSentence(file, error),
});

/** The error for whoever opens a store: one that says itself what is wrong, or with the sentence of `storeSentence`. */
export function cannotOpen(file: string, error: unknown): ReadStoreCannotOpen {
  return error instanceof ReadStoreCannotOpen
    ? error
    : new ReadStoreCannotOpen(storeSentence(file, error), { cause: error });
}
