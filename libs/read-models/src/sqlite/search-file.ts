import { existsSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { isOutOfSpace } from '#event-sourcing/log/sqlite/sqlite-error.js';
import { type ProjectionGroup } from '../read-model.js';
import { BATCH_EVENTS, indexedText, stretchesOf } from '../search/text-index.js';
import { indexVersion } from '../search/text-rank.js';
import { quoted } from './schema.js';
import { removeSearchFile } from './search-name.js';
import { readCheckpoint } from './store-file.js';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS progress (
    one INTEGER PRIMARY KEY CHECK (one = 1), sequence INTEGER NOT NULL, log_id TEXT NOT NULL, version TEXT NOT NULL) STRICT;
  CREATE VIRTUAL TABLE IF NOT EXISTS docs USING fts5 (words, content = '', columnsize = 0, tokenize = 'ascii')`;

/** How long to wait for a thread that indexes too, in milliseconds. */
const LOCK_WAIT = 5_000;

interface Progress {
  sequence: number;
  logId: string;
  version: string;
}

/**
 * The index of a store's texts: brought up to the store whenever it is searched, so that following the log costs nothing more.
 * It can be thrown away; one that belongs to another log or to other read models is.
 */
export class SearchFile {
  private readonly db: DatabaseSyncInstance;
  private readonly insert: StatementSyncInstance;

  /** `store` is the connection that the rows are read by: the index is attached to it as `search`. */
  constructor(
    private readonly store: DatabaseSyncInstance,
    private readonly group: ProjectionGroup,
    file: string,
  ) {
    this.db = this.open(file);
    this.insert = closingIfNot(this.db, (db) => {
      const insert = db.prepare('INSERT INTO docs (rowid, words) VALUES (?, ?)');
      // Last: what is attached cannot be attached again.
      store.prepare('ATTACH ? AS search').run(file);
      return insert;
    });
  }

  /** Indexes the next events; true when it is where the store is. One transaction. */
  step(): boolean {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const { sequence: done } = progressOf(this.db)!;
      const { sequence: end } = readCheckpoint(this.store);
      const until = Math.min(end, done + BATCH_EVENTS);
      if (until > done) this.index(done, until);
      this.db.exec('COMMIT');
      return until >= end;
    } catch (error) {
      // The database may have gone back by itself.
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  /** How far it is, of how far the store is. */
  get progress(): { done: number; of: number } {
    return { done: progressOf(this.db)!.sequence, of: readCheckpoint(this.store).sequence };
  }

  close(): void {
    this.db.close();
  }

  private index(done: number, until: number): void {
    for (const { table, place, from, to } of stretchesOf(this.group, done, until)) {
      const rows = this.store
        .prepare(`SELECT v, data FROM main.${quoted(table)} WHERE v >= ? AND v < ?`)
        .iterate(from, to);
      for (const { v, data } of rows as Iterable<{ v: number; data: string }>) {
        const text = indexedText(this.group, place, v, data);
        if (text) this.insert.run(text.rank, text.words);
      }
    }
    this.db.prepare('UPDATE progress SET sequence = ?').run(until);
  }

  private open(file: string): DatabaseSyncInstance {
    const { logId, sequence } = readCheckpoint(this.store);
    const version = indexVersion(this.group);
    const isOurs = (found: Progress | undefined): boolean =>
      found !== undefined && found.logId === logId && found.version === version && found.sequence <= sequence;
    const there = existing(file);
    if (there) {
      if (isOurs(progressOf(there))) return there;
      there.close();
      removeSearchFile(file);
    }
    return closingIfNot(connect(file), (db) => {
      db.exec(`BEGIN IMMEDIATE; ${SCHEMA}`);
      const begin = 'INSERT OR IGNORE INTO progress (one, sequence, log_id, version) VALUES (1, 0, ?, ?)';
      db.prepare(begin).run(logId, version);
      db.exec('COMMIT');
      return db;
    });
  }
}

/** What there is; null where there is nothing, or no database. */
function existing(file: string): DatabaseSyncInstance | null {
  if (!existsSync(file)) return null;
  try {
    return connect(file);
  } catch (error) {
    // It may be whole, and another thread's too.
    if (isOutOfSpace(error)) throw error;
    removeSearchFile(file);
    return null;
  }
}

const connect = (file: string): DatabaseSyncInstance =>
  closingIfNot(new DatabaseSync(file, { timeout: LOCK_WAIT }), (db) => {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000');
    return db;
  });

/** A disk that is full fails it again and again: what was opened must not stay of each time. */
function closingIfNot<T>(db: DatabaseSyncInstance, begin: (db: DatabaseSyncInstance) => T): T {
  try {
    return begin(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Undefined where it cannot be read, or was left before it was made. */
function progressOf(db: DatabaseSyncInstance): Progress | undefined {
  try {
    return db.prepare('SELECT sequence, log_id AS logId, version FROM progress').get() as Progress | undefined;
  } catch {
    return undefined;
  }
}
