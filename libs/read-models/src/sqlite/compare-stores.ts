import { type DatabaseSyncInstance } from '@photostructure/sqlite';
import { openStoreForReading } from './store-file.js';
import { quoted } from './schema.js';

/** One row of a store's tables, with its values as JSON. */
export interface DumpedRow {
  table: string;
  /** The table's integer key. */
  key: number;
  row: string;
}

export interface StoreDifference {
  /** What the first store holds; undefined where it holds nothing. */
  first: DumpedRow | undefined;
  second: DumpedRow | undefined;
}

/** All rows of all tables, tables by name and rows by key: the same for all stores built from the same events. */
export function* dump(db: DatabaseSyncInstance): Generator<DumpedRow, void, void> {
  const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).all() as {
    name: string;
  }[];
  for (const { name } of tables) {
    const rows = db.prepare(`SELECT rowid AS rowid, * FROM ${quoted(name)} ORDER BY rowid`);
    rows.setReturnArrays(true);
    for (const [key, ...values] of rows.iterate() as Iterable<[number, ...unknown[]]>) {
      yield { table: name, key, row: JSON.stringify(values) };
    }
  }
}

/** The first row in which two stores differ; null if they are equal row by row. Throws `ReadStoreCannotOpen`. */
export function compareStores(firstFile: string, secondFile: string): StoreDifference | null {
  const databases = [openStoreForReading(firstFile), openStoreForReading(secondFile)];
  try {
    const [rows, others] = databases.map((db) => dump(db));
    for (const first of rows) {
      const second = others.next().value ?? undefined;
      if (second?.table !== first.table || second.key !== first.key || second.row !== first.row)
        return { first, second };
    }
    const more = others.next();
    return more.done ? null : { first: undefined, second: more.value };
  } finally {
    for (const db of databases) db.close();
  }
}
