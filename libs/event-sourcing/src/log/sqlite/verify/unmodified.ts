import { constants, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { checkLogFormat } from '../database.js';
import { LogCannotOpen } from '../../errors.js';
import { cannotOpen } from '../sqlite-error.js';

/** How long to wait for a lock another connection holds for a moment, in milliseconds. */
const LOCK_WAIT = 2_000;

/** A log's file as it can be opened, any number of times and in any thread, without anything being written beside it. */
export interface Unmodified {
  /** A URL for `openUnmodified`. */
  url: string;
  /** Removes what had to be copied. */
  release(): void;
}

/**
 * How to read a log without write access and without leaving a trace. A file alone is opened as one that nobody changes.
 * With a write-ahead log and its index beside it (a running server, or one that was killed) both are used as they are. A
 * write-ahead log without its index cannot be read where nothing may be written: then both files are copied to the folder
 * for temporary files. Throws `LogCannotOpen`.
 */
export function withoutModifying(file: string): Unmodified {
  const path = resolve(file);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new LogCannotOpen(`${path} is not there, or is no file: name the log's file, log.sqlite.`);
  }
  const wal = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (wal && existsSync(`${path}-shm`)) return { url: urlOf(path, 'mode=ro&readonly_shm=1'), release: () => undefined };
  if (!wal || wal.size === 0) return { url: urlOf(path, 'mode=ro&immutable=1'), release: () => undefined };
  return copied(path);
}

/** Opens what `withoutModifying` found, for reading. Throws `LogCannotOpen`. */
export function openUnmodified(url: string): DatabaseSyncInstance {
  let db: DatabaseSyncInstance | undefined;
  const file = decodeURIComponent(new URL(url).pathname);
  try {
    db = new DatabaseSync(new URL(url), { readOnly: true, timeout: LOCK_WAIT });
    if (checkLogFormat(db, file) === 'empty') throw new LogCannotOpen(`${file} holds no event log.`);
    return db;
  } catch (error) {
    db?.close();
    throw cannotOpen(file, error);
  }
}

function copied(path: string): Unmodified {
  const folder = mkdtempSync(join(tmpdir(), 'caseledger-verify-'));
  const release = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, 'log.sqlite');
    for (const side of ['', '-wal']) copyFileSync(path + side, copy + side, constants.COPYFILE_FICLONE);
    return { url: urlOf(copy, 'mode=ro'), release };
  } catch (error) {
    release();
    throw cannotOpen(path, error);
  }
}

function urlOf(path: string, query: string): string {
  const url = pathToFileURL(path);
  url.search = query;
  return url.href;
}
