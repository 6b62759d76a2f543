import { type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { type RecordedEnvelope } from '#event-sourcing/envelope.js';
import { OPEN } from '../queries/builder.js';
import { type Change, type Column, type ReadModel, type Row } from '../read-model.js';
import { quoted } from './schema.js';

interface Current {
  v: number;
  key: number;
  data: string;
}

/** Where a change belongs. */
export interface Subject {
  key: number;
  id: string;
}

/** Writes one read model's row versions. */
export class ModelWriter {
  private readonly find: StatementSyncInstance;
  private readonly insert: StatementSyncInstance;
  private readonly close: StatementSyncInstance;
  private readonly columns: readonly Column[];

  constructor(
    db: DatabaseSyncInstance,
    readonly model: ReadModel,
  ) {
    const table = quoted(model.name);
    const names = Object.keys(model.columns);
    this.columns = Object.values(model.columns);
    const current = `SELECT v, key, data FROM ${table}`;
    // A wide row by its subject, whose only one it is. A record by its id, which one of another subject may have too; the plus
    // keeps the index of subjects, which leads past all of its records, out of it.
    this.find = db.prepare(
      model.level === 'record'
        ? `${current} WHERE id = ? AND +subject_key = ? ORDER BY v DESC LIMIT 1`
        : `${current} WHERE subject_key = ? ORDER BY v DESC LIMIT 1`,
    );
    this.insert = db.prepare(
      `INSERT INTO ${table} (v, valid_to, key, subject_key, id, ${names.map((name) => `${quoted(name)}, `).join('')}data)
       VALUES (?, ${OPEN}, ?, ?, ?, ${'?, '.repeat(names.length)}?)`,
    );
    this.close = db.prepare(`UPDATE ${table} SET valid_to = ? WHERE v = ?`);
  }

  /** The row an id stands at. */
  row(id: string, subject: Subject): Row | undefined {
    const current = this.current(id, subject);
    return current && (JSON.parse(current.data) as Row);
  }

  /** Writes the version `v`. Throws where a change does not fit what is there. */
  apply({ op, id, fields }: Change, v: number, recorded: RecordedEnvelope, subject: Subject): void {
    const { name, level } = this.model;
    if (level === 'subject' && id !== subject.id) {
      throw new Error(`${name} holds a row for each subject; ${id} is none of ${recorded.stream}.`);
    }
    const current = this.current(id, subject);
    if (op === 'create') {
      if (current) throw new Error(`${name} holds ${id} already.`);
      const { recordedAt, revision, actor } = recorded;
      const recordedBy = { id: actor.id, name: actor.name, kind: actor.kind };
      this.write(v, v, subject, { ...fields, id, revision, recordedAt, recordedBy });
    } else {
      if (!current) throw new Error(`${name} holds no ${id} of ${recorded.stream}.`);
      const row = JSON.parse(current.data) as Row;
      const { recordedAt, recordedBy } = row;
      this.close.run(v, current.v);
      this.write(v, current.key, subject, {
        ...row,
        ...fields,
        id,
        revision: recorded.revision,
        recordedAt,
        recordedBy,
      });
    }
  }

  private current(id: string, subject: Subject): Current | undefined {
    const by = this.model.level === 'record' ? [id, subject.key] : [subject.key];
    return this.find.get(...by) as Current | undefined;
  }

  private write(v: number, key: number, subject: Subject, row: Row): void {
    const data = JSON.stringify(row);
    const values = this.columns.map((column) => columnValue(column.of(row)));
    this.insert.run(v, key, subject.key, row.id, ...values, data);
  }
}

const columnValue = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : (value ?? null));
