import { type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { type CurrentVersion, type RowVersion } from '../row-version.js';
import { OPEN } from '../versions.js';
import { type ReadModel } from '../read-model.js';
import { quoted } from './schema.js';

/** Reads and writes one read model's row versions, one by one. */
export class ModelWriter {
  private readonly find: StatementSyncInstance;
  private readonly insert: StatementSyncInstance;
  private readonly close: StatementSyncInstance;

  constructor(
    db: DatabaseSyncInstance,
    private readonly model: ReadModel,
  ) {
    const table = quoted(model.name);
    const names = Object.keys(model.columns);
    const current = `SELECT v, key, data FROM ${table}`;
    // A wide row by its subject, whose only one it is. A record by its id, which those of many subjects may have (a member's
    // is the person's name); the index of subjects would lead past all of its records.
    this.find = db.prepare(
      model.level === 'record'
        ? `${current} INDEXED BY ${quoted(`${model.name}_id`)} WHERE id = ? AND subject_key = ? ORDER BY v DESC LIMIT 1`
        : `${current} WHERE subject_key = ? ORDER BY v DESC LIMIT 1`,
    );
    this.insert = db.prepare(
      `INSERT INTO ${table} (v, valid_to, key, subject_key, id, ${names.map((name) => `${quoted(name)}, `).join('')}data)
       VALUES (?, ${OPEN}, ?, ?, ?, ${'?, '.repeat(names.length)}?)`,
    );
    this.close = db.prepare(`UPDATE ${table} SET valid_to = ? WHERE v = ?`);
  }

  current(id: string, subjectKey: number): CurrentVersion | undefined {
    const by = this.model.level === 'record' ? [id, subjectKey] : [subjectKey];
    return this.find.get(...by) as CurrentVersion | undefined;
  }

  write({ v, key, subjectKey, id, columns, data, replaces }: RowVersion): void {
    if (replaces !== null) this.close.run(v, replaces);
    this.insert.run(v, key, subjectKey, id, ...columns, data);
  }
}
