import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { BuildBroken, type StoredVersion, type StoredVersions } from '../../build/stored-versions.js';
import { type ReadModel } from '../../read-model.js';
import { quoted } from '../schema.js';

/** How long to wait for a lock another connection holds for a moment, in milliseconds. */
const LOCK_WAIT = 5_000;

/** What a build has committed to its file. Opened when it is first asked. */
export class FileVersions implements StoredVersions {
  private db: DatabaseSyncInstance | undefined;
  private readonly statements = new Map<string, StatementSyncInstance>();

  constructor(private readonly file: string) {}

  version(model: ReadModel, v: number): StoredVersion {
    const table = quoted(model.name);
    const sql = `SELECT v, key, subject_key AS subjectKey, id, data FROM ${table} WHERE v = ?`;
    return this.get(sql, v) as StoredVersion;
  }

  streamName(key: number): string {
    return (this.get('SELECT name FROM streams WHERE key = ?', key) as { name: string }).name;
  }

  close(): void {
    this.statements.clear();
    this.db?.close();
  }

  private get(sql: string, key: number): unknown {
    try {
      const found: unknown = this.statement(sql).get(key);
      if (found) return found;
    } catch (cause) {
      throw new BuildBroken(`The store that is being built cannot be read: ${(cause as Error).message}`, { cause });
    }
    throw new BuildBroken(`The store that is being built has lost the row ${key} (${sql}).`);
  }

  private statement(sql: string): StatementSyncInstance {
    this.db ??= new DatabaseSync(this.file, { readOnly: true, timeout: LOCK_WAIT });
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.db.prepare(sql)));
    return statement;
  }
}
