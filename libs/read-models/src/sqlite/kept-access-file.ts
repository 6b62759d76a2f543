import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { type AccessChange } from '../access-changes.js';
import { type AccessStore } from '../keeping/store-place.js';
import { AccessWriter, accessAsOf } from './access-writer.js';

/** How long to wait for a lock another connection holds for a moment, in milliseconds. */
const LOCK_WAIT = 5_000;

/** The tables of access in a store's file that is served as it was left. */
export class KeptAccessFile implements AccessStore {
  private readonly db: DatabaseSyncInstance;
  private readonly writer: AccessWriter;
  private readonly findStream: StatementSyncInstance;

  constructor(file: string) {
    this.db = new DatabaseSync(file, { timeout: LOCK_WAIT });
    this.writer = new AccessWriter(this.db);
    this.findStream = this.db.prepare('SELECT key FROM streams WHERE name = ?');
  }

  begin(): void {
    this.db.exec('BEGIN IMMEDIATE');
  }

  asOf(sequence: number): void {
    accessAsOf(this.db, sequence);
  }

  apply(changes: readonly AccessChange[], name: string, sequence: number): void {
    const stream = this.findStream.get(name) as { key: number } | undefined;
    if (!stream) return;
    for (const change of changes) this.writer.apply(change, stream.key, sequence);
  }

  commit(): void {
    this.db.exec('COMMIT');
  }

  close(): void {
    // Not by being closed: its statements hold the connection, and with it the lock, until they are collected.
    if (this.db.isTransaction) this.db.exec('ROLLBACK');
    this.db.close();
  }
}
