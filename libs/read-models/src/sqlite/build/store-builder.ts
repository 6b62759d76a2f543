import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { type FoldPlace } from '../../fold.js';
import { type ProjectionGroup } from '../../read-model.js';
import { AccessWriter } from '../access-writer.js';
import { partsOf, quoted } from '../schema.js';
import { declareStore } from '../store-file.js';
import { layoutsOf, type PackedBatch } from '../../build/batches.js';
import { type Layout, type PackedRows, unpack } from '../../build/row-batch.js';

/** Cells that one INSERT binds, at most. */
const CELLS = 256;
/** Memory for pages, in KiB; sorting for indexes takes as much. */
const CACHE = 64_000;
/** Pages in the write-ahead log that start a checkpoint: 16 MiB. */
const CHECKPOINT_PAGES = 4_000;

/** Writes one table: many rows with each statement. */
class TableWriter {
  private readonly rows: number;
  private readonly many: StatementSyncInstance;
  private readonly one: StatementSyncInstance;
  private readonly end: StatementSyncInstance | undefined;

  constructor(
    db: DatabaseSyncInstance,
    private readonly layout: Layout,
  ) {
    const { table, numbers, texts } = layout;
    const columns = [...numbers, ...texts];
    this.rows = Math.max(1, Math.floor(CELLS / columns.length));
    const row = `(${columns.map(() => '?').join(', ')})`;
    const insert = (count: number) =>
      db.prepare(
        `INSERT INTO ${quoted(table)} (${columns.map(quoted).join(', ')}) VALUES ${Array(count).fill(row).join(', ')}`,
      );
    this.many = insert(this.rows);
    this.one = insert(1);
    if (numbers.includes('valid_to')) {
      this.end = db.prepare(`UPDATE ${quoted(table)} SET valid_to = ? WHERE v = ?`);
    }
  }

  write(packed: PackedRows): void {
    const { layout, rows } = this;
    const width = layout.numbers.length + layout.texts.length;
    for (const cells of unpack(layout, packed, rows)) {
      if (cells.length === rows * width) this.many.run(...(cells as never[]));
      else for (let at = 0; at < cells.length; at += width) this.one.run(...cells.slice(at, at + width));
    }
    const { closed } = packed;
    for (let at = 0; at < closed.length; at += 2) this.end!.run(closed[at], closed[at + 1]);
  }
}

/** Writes a fresh store, batch by batch; it is none before it is finished. */
export class StoreBuilder {
  /** A field: the driver closes a connection that only its statements refer to. */
  private readonly db: DatabaseSyncInstance;
  private readonly writers: TableWriter[];
  private readonly access: AccessWriter;

  constructor(
    file: string,
    private readonly group: ProjectionGroup,
    private readonly logId: string,
  ) {
    this.db = new DatabaseSync(file);
    // What a crash leaves half done is thrown away, so nothing is synced before the end.
    this.db.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -${CACHE};
       PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA threads = 2;
       BEGIN; ${partsOf(group).tables.join(';')}; COMMIT`,
    );
    this.writers = layoutsOf(group).map((layout) => new TableWriter(this.db, layout));
    this.access = new AccessWriter(this.db);
  }

  write({ tables, access }: PackedBatch): void {
    this.db.exec('BEGIN IMMEDIATE');
    tables.forEach((rows, table) => this.writers[table].write(rows));
    for (const { change, subjectKey, sequence } of access) this.access.apply(change, subjectKey, sequence);
    this.db.exec('COMMIT');
  }

  /** Makes the indexes; the file holds a store up to `place` from here on. `progress` is told before each index. */
  finish(place: FoldPlace, progress: (done: number, of: number) => void = () => undefined): void {
    const { indexes } = partsOf(this.group);
    indexes.forEach((index, n) => {
      progress(n, indexes.length);
      this.db.exec(index);
    });
    this.db.exec('BEGIN IMMEDIATE');
    declareStore(this.db, this.group, { ...place, logId: this.logId });
    this.db.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    this.db.close();
  }
}
