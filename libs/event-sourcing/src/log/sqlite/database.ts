import { existsSync, statSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { LogCannotOpen, NoEventLog } from '../errors.js';
import { checkMissing } from './missing-log.js';
import { cannotOpen } from './sqlite-error.js';

/** "CLOG" in the file's header tells a log from any other SQLite database. */
const APPLICATION_ID = 0x434c4f47;
/** "CRDM" tells a read store, which stands beside the log and is easily taken for it. */
export const READ_STORE_ID = 0x4352444d;
const FORMAT = 1;
/** How long to wait for a lock another connection holds for a moment (recovery, a checkpoint), in milliseconds. */
const LOCK_WAIT = 2_000;
/**
 * Pages in the write-ahead log that start a checkpoint: 16 MiB. Four times SQLite's default made 64 writers a quarter
 * faster; four times as many again gained little and makes one writer wait for a file that always grows.
 */
const CHECKPOINT_PAGES = 4_000;
/** Up to this size (about 0.1 s) the whole file's structure is checked at each start; texts are `verify`'s to check. */
const CHECKED_BYTES = 67_108_864;
/** The write-ahead log is cut back to this after a checkpoint, in bytes. */
const WAL_LIMIT = 67_108_864;

/**
 * `sequence` is the row id, numbered by the writer without gaps. No unique index on event ids: it would cost a third of
 * the rate. The long texts come last, so that a filter on the columns before them does not touch overflow pages.
 */
const SCHEMA = `
  CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE events (
    sequence INTEGER PRIMARY KEY,
    stream_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    command_id TEXT,
    command_hash TEXT,
    hash TEXT NOT NULL,
    payload TEXT NOT NULL,
    metadata TEXT NOT NULL,
    UNIQUE (stream_id, revision)
  );
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${FORMAT};`;

const numberOf = (db: DatabaseSyncInstance, sql: string): number =>
  Object.values(db.prepare(sql).get() as Record<string, number>)[0];

/** Opens the log's file for the writer, creating it if it is missing. Throws `LogCannotOpen`. */
export function openForWriting(file: string, maxBytes?: number): DatabaseSyncInstance {
  if (!existsSync(file)) checkMissing(file);
  return opening(file, { timeout: LOCK_WAIT }, (db) => {
    const isNew = checkLogFormat(db, file) === 'empty';
    if (!isNew && statSync(file).size <= CHECKED_BYTES) checkStructure(db, file);
    const { journal_mode: mode } = db.prepare('PRAGMA journal_mode = WAL').get() as { journal_mode: string };
    if (mode !== 'wal') {
      throw new LogCannotOpen(
        `The file system of ${file} cannot share memory between threads: put DATA_DIR on a local disk.`,
      );
    }
    db.exec(
      `PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA journal_size_limit = ${WAL_LIMIT}`,
    );
    if (maxBytes) db.exec(`PRAGMA max_page_count = ${Math.floor(maxBytes / numberOf(db, 'PRAGMA page_size'))}`);
    // Also finds out now, and not at the first append, that the file is read-only.
    db.exec(`BEGIN IMMEDIATE; ${isNew ? SCHEMA : ''} COMMIT`);
  });
}

/** Opens an existing log for reading only. Throws `LogCannotOpen`. */
export function openForReading(file: string): DatabaseSyncInstance {
  return opening(file, { readOnly: true, timeout: LOCK_WAIT }, (db) => {
    if (checkLogFormat(db, file) === 'empty')
      throw new LogCannotOpen(`${file} holds no event log yet: open it for writing once.`);
  });
}

function opening(file: string, options: object, prepare: (db: DatabaseSyncInstance) => void): DatabaseSyncInstance {
  let db: DatabaseSyncInstance | undefined;
  try {
    db = new DatabaseSync(file, options);
    prepare(db);
    return db;
  } catch (error) {
    db?.close();
    throw cannotOpen(file, error);
  }
}

/** Reads before anything is written: another program's database is left as it is. */
export function checkLogFormat(db: DatabaseSyncInstance, file: string): 'empty' | 'log' {
  const application = numberOf(db, 'PRAGMA application_id');
  if (application === 0 && numberOf(db, 'SELECT count(*) FROM sqlite_schema') === 0) return 'empty';
  if (application === READ_STORE_ID) {
    throw new NoEventLog(`${file} is a read store, which is built from the log: name the log's file, log.sqlite.`);
  }
  if (application !== APPLICATION_ID) {
    throw new NoEventLog(
      `${file} is another program's SQLite database: move it away, or set DATA_DIR to another folder.`,
    );
  }
  const format = numberOf(db, 'PRAGMA user_version');
  if (format !== FORMAT) {
    throw new LogCannotOpen(
      `${file} has log format ${format}, this software knows ${FORMAT}: start the software that wrote it.`,
    );
  }
  return 'log';
}

function checkStructure(db: DatabaseSyncInstance, file: string): void {
  const { quick_check: found } = db.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
  if (found !== 'ok') {
    throw new LogCannotOpen(`${file} is damaged (${found.replace(/\s+/g, ' ')}): restore it from a backup.`);
  }
}
