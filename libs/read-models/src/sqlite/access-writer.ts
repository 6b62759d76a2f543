import { type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { type AccessChange } from '../access-changes.js';
import { OPEN } from '../versions.js';
import { PartsWriter } from './parts-writer.js';

/** Writes who may see what: current rows that every read joins, in the transaction of the event that changed them. */
export class AccessWriter {
  private readonly begin: StatementSyncInstance;
  private readonly end: StatementSyncInstance;
  private readonly reach: StatementSyncInstance;
  private readonly raise: StatementSyncInstance;
  private readonly pullDown: StatementSyncInstance;
  private readonly mark: StatementSyncInstance;
  private readonly unmark: StatementSyncInstance;
  private readonly parts: PartsWriter;

  constructor(db: DatabaseSyncInstance) {
    this.begin = db.prepare(
      `INSERT INTO grants (subject_key, name, begins, ends, reads_from)
       SELECT :subject, :name, :sequence, ${OPEN}, :from WHERE NOT EXISTS
         (SELECT 1 FROM grants WHERE subject_key = :subject AND name = :name AND ends = ${OPEN})`,
    );
    this.end = db.prepare(`UPDATE grants SET ends = ? WHERE subject_key = ? AND name = ? AND ends = ${OPEN}`);
    this.reach = db.prepare(
      `UPDATE grants SET reads_from = CASE WHEN ? THEN 0 ELSE begins END WHERE subject_key = ? AND name = ? AND ends = ${OPEN}`,
    );
    this.raise = db.prepare('INSERT INTO walls (subject_key, record_id, wall, kind, names) VALUES (?, ?, ?, ?, ?)');
    this.pullDown = db.prepare('DELETE FROM walls WHERE subject_key = ? AND record_id = ? AND wall = ?');
    this.mark = db.prepare(
      `INSERT INTO marks (subject_key, record_id, originator, level, recipients, begins, ends, shown)
       VALUES (?, ?, ?, ?, ?, ?, ${OPEN}, ?)`,
    );
    this.unmark = db.prepare(
      `UPDATE marks SET ends = ? WHERE subject_key = ? AND record_id = ? AND originator = ? AND ends = ${OPEN}`,
    );
    this.parts = new PartsWriter(db);
  }

  apply(change: AccessChange, subjectKey: number, sequence: number): void {
    switch (change.op) {
      case 'grant':
        this.begin.run({ subject: subjectKey, name: change.name, sequence, from: change.history ? 0 : sequence });
        break;
      case 'history':
        this.reach.run(Number(change.history), subjectKey, change.name);
        break;
      case 'revoke':
        this.end.run(sequence, subjectKey, change.name);
        break;
      case 'wall':
        this.pullDown.run(subjectKey, change.record, change.wall);
        this.raise.run(subjectKey, change.record, change.wall, change.kind, JSON.stringify(change.names));
        break;
      case 'unwall':
        this.pullDown.run(subjectKey, change.record, change.wall);
        break;
      case 'part':
        this.parts.write(subjectKey, change.record, change.of);
        break;
      case 'mark': {
        const { record, originator, level } = change;
        this.unmark.run(sequence, subjectKey, record, originator);
        const [recipients, shown] = [change.recipients, change.shown].map((one) => JSON.stringify(one));
        this.mark.run(subjectKey, record, originator, level, recipients, sequence, shown);
        break;
      }
    }
  }
}

/**
 * Takes back the grants and marks of events after this sequence, which were written while the store was served as it was left; whoever
 * goes on from there writes them again. Walls and parts have no past: they end up the same when they are written again.
 */
export function accessAsOf(db: DatabaseSyncInstance, sequence: number): void {
  for (const table of ['grants', 'marks']) {
    db.prepare(`DELETE FROM ${table} WHERE begins > ?`).run(sequence);
    db.prepare(`UPDATE ${table} SET ends = ${OPEN} WHERE ends > ? AND ends <> ${OPEN}`).run(sequence);
  }
}
