import { type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';

/** What a record belongs to, through any number of others, from what each belongs to directly. */
const CLOSURE = `INSERT INTO parts (subject_key, record_id, owner_id, direct)
  WITH RECURSIVE up (record_id, owner_id) AS (
    SELECT record_id, owner_id FROM parts
      WHERE subject_key = :subject AND direct = 1 AND record_id IN (SELECT value FROM json_each(:records))
    UNION SELECT up.record_id, p.owner_id FROM up CROSS JOIN parts AS p
      WHERE p.subject_key = :subject AND p.record_id = up.owner_id AND p.direct = 1)
  SELECT :subject, record_id, owner_id, 0 FROM up WHERE true ON CONFLICT DO NOTHING`;

/** Writes which records belong to others: current rows, with what those belong to in turn. */
export class PartsWriter {
  private readonly dependents: StatementSyncInstance;
  private readonly clear: StatementSyncInstance;
  private readonly clearDerived: StatementSyncInstance;
  private readonly add: StatementSyncInstance;
  private readonly derive: StatementSyncInstance;

  constructor(db: DatabaseSyncInstance) {
    this.dependents = db.prepare('SELECT record_id FROM parts WHERE subject_key = ? AND owner_id = ?');
    this.clear = db.prepare('DELETE FROM parts WHERE subject_key = ? AND record_id = ?');
    this.clearDerived = db.prepare('DELETE FROM parts WHERE subject_key = ? AND record_id = ? AND direct = 0');
    this.add = db.prepare(
      'INSERT INTO parts (subject_key, record_id, owner_id, direct) VALUES (?, ?, ?, 1) ON CONFLICT DO NOTHING',
    );
    this.derive = db.prepare(CLOSURE);
  }

  /** The record belongs to these, in place of those it did; what belongs to it belongs to them too. */
  write(subject: number, record: string, owners: readonly string[]): void {
    const dependents = (this.dependents.all(subject, record) as { record_id: string }[]).map((one) => one.record_id);
    this.clear.run(subject, record);
    for (const dependent of dependents) this.clearDerived.run(subject, dependent);
    for (const owner of owners) this.add.run(subject, record, owner);
    this.derive.run({ subject, records: JSON.stringify([record, ...dependents]) });
  }
}
