import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { READ_STORE_ID } from '#event-sourcing/log/sqlite/database.js';
import { type StoredCheckpoint, type StoreEnd, wrongWithLog } from '../keeping/store-end.js';
import { type ProjectionGroup } from '../read-model.js';
import { ReadStoreCannotOpen } from '../read-models.js';
import { fingerprintOf, schemaOf } from './schema.js';
import { removeSearchOf } from './search-name.js';
import { cannotOpen, rebuildRemedy } from './store-error.js';

/** How long to wait for a lock another connection holds for a moment, in milliseconds. */
const LOCK_WAIT = 5_000;
/** Memory for pages: of the connection that writes, and of each that reads; in KiB. */
const WRITER_CACHE = 48_000;
const READER_CACHE = 32_000;
/** Pages in the write-ahead log that start a checkpoint: 16 MiB; it is cut back to 64 MiB after one. */
const CHECKPOINT_PAGES = 4_000;
const WAL_LIMIT = 67_108_864;

/** Opens the store for its projector, creating it if it is missing. Throws `ReadStoreCannotOpen`. */
export function openStoreForWriting(file: string, group: ProjectionGroup, logId: string): DatabaseSyncInstance {
  return opening(file, {}, (db) => {
    const isNew = isEmpty(db, file);
    db.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -${WRITER_CACHE};
       PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA journal_size_limit = ${WAL_LIMIT}`,
    );
    if (isNew) {
      // Of a store that was deleted by hand: it may have been made from another past of the log.
      removeSearchOf(file);
      create(db, group, logId);
    }
    checkGroupOf(db, file, group);
  });
}

/** Opens an existing store for reading only. Throws `ReadStoreCannotOpen`. */
export function openStoreForReading(file: string): DatabaseSyncInstance {
  return opening(file, { readOnly: true }, (db) => {
    if (isEmpty(db, file)) throw new ReadStoreCannotOpen(`${file} holds no read models yet.`);
    db.exec(`PRAGMA cache_size = -${READER_CACHE}`);
  });
}

/** The one row of the checkpoint, as the connection sees it at this moment. Throws what SQLite throws. */
export function readCheckpoint(db: DatabaseSyncInstance): StoredCheckpoint {
  return db
    .prepare('SELECT sequence, position, log_time AS logTime, log_id AS logId FROM checkpoint')
    .get() as StoredCheckpoint;
}

/** Refuses a store that was not built from this log as it stands. Rejects with `ReadStoreCannotOpen`. */
export async function checkAgainstLog(db: DatabaseSyncInstance, file: string, log: EventLogReader): Promise<void> {
  const wrong = await wrongWithLog(readEnd(db), log);
  if (wrong) throw new ReadStoreCannotOpen(`The read store ${file} ${wrong}: ${rebuildRemedy(file)}.`);
}

/** How far a store is, as its tables say it. */
export function readEnd(db: DatabaseSyncInstance): StoreEnd {
  const checkpoint = readCheckpoint(db);
  const { last } = db.prepare('SELECT max(sequence) AS last FROM events').get() as { last: number | null };
  const find = db.prepare('SELECT id FROM events WHERE sequence = ?');
  const found = find.get(checkpoint.sequence) as { id: string } | undefined;
  return { ...checkpoint, lastIndexed: last ?? 0, lastId: found?.id ?? null };
}

function create(db: DatabaseSyncInstance, group: ProjectionGroup, logId: string): void {
  db.exec(`BEGIN IMMEDIATE; ${schemaOf(group)}`);
  declareStore(db, group, { sequence: 0, position: '', logTime: 0, logId });
  db.exec('COMMIT');
}

/** Makes a read store of a database that holds all tables: its checkpoint tells what is in them. Within a transaction. */
export function declareStore(db: DatabaseSyncInstance, group: ProjectionGroup, checkpoint: StoredCheckpoint): void {
  const { sequence, position, logTime, logId } = checkpoint;
  db.exec(`PRAGMA application_id = ${READ_STORE_ID}`);
  db.prepare(
    `INSERT INTO checkpoint (one, sequence, position, log_time, log_id, group_version, fingerprint) VALUES (1, ?, ?, ?, ?, ?, ?)`,
  ).run(sequence, position, logTime, logId, group.version, fingerprintOf(group));
}

/** Refuses a store of another version, or of other tables than this version has. Throws `ReadStoreCannotOpen`. */
export function checkGroupOf(db: DatabaseSyncInstance, file: string, group: ProjectionGroup): void {
  const { version, fingerprint } = db.prepare('SELECT group_version AS version, fingerprint FROM checkpoint').get() as {
    version: number;
    fingerprint: string;
  };
  if (version !== group.version || fingerprint !== fingerprintOf(group)) {
    throw new ReadStoreCannotOpen(
      `The read store ${file} has other tables than version ${group.version} of the read models has now: ${rebuildRemedy(file)}.`,
    );
  }
}

function opening(file: string, options: object, prepare: (db: DatabaseSyncInstance) => void): DatabaseSyncInstance {
  let db: DatabaseSyncInstance | undefined;
  try {
    db = new DatabaseSync(file, { ...options, timeout: LOCK_WAIT });
    prepare(db);
    return db;
  } catch (error) {
    db?.close();
    throw cannotOpen(file, error);
  }
}

/** Reads before anything is written: another program's database is left as it is. */
function isEmpty(db: DatabaseSyncInstance, file: string): boolean {
  const { application_id: id } = db.prepare('PRAGMA application_id').get() as { application_id: number };
  if (id === READ_STORE_ID) return false;
  const { tables } = db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number };
  if (id === 0 && tables === 0) return true;
  throw new ReadStoreCannotOpen(
    `${file} is another program's SQLite database: move it away, or set DATA_DIR to another folder.`,
  );
}
