import { type DatabaseSyncInstance } from '@photostructure/sqlite';
import { openStoreForReading } from './store-file.js';
import {
  type Cell,
  compareKeys,
  differenceOf,
  orderOf,
  type ReadRow,
  readRow,
  type RowDifference,
  type Table,
} from '../row-differences.js';
import { quoted } from './schema.js';

/** One row of a store's tables, with its values as JSON. */
export interface DumpedRow {
  table: string;
  /** The values of the table's key. */
  key: (string | number)[];
  row: string;
}

/** After how many rows `differences` says how far it is. */
const SAY = 2_000;

/** All rows of all tables, tables by name and rows by key: the same for all stores built from the same events. */
export function* dump(db: DatabaseSyncInstance): Generator<DumpedRow, void, void> {
  for (const table of tablesOf(db)) {
    for (const { key, cells } of rowsOf(db, table)) yield { table: table.name, key, row: JSON.stringify(cells) };
  }
}

/** The first row in which two stores differ; null if they are equal row by row. Throws `ReadStoreCannotOpen`. */
export function compareStores(firstFile: string, secondFile: string): RowDifference | null {
  const databases: DatabaseSyncInstance[] = [];
  try {
    for (const file of [firstFile, secondFile]) databases.push(openStoreForReading(file));
    return differences(databases[0], databases[1]).next().value ?? null;
  } finally {
    for (const db of databases) db.close();
  }
}

/** Rows of a store, about, for telling how far a comparison is. */
export function countRows(db: DatabaseSyncInstance): number {
  return tablesOf(db).reduce((sum, { name }) => {
    const { rows } = db.prepare(`SELECT count(*) AS rows FROM ${quoted(name)}`).get() as { rows: number };
    return sum + rows;
  }, 0);
}

/** All rows in which two stores differ, in the order of `dump`. Both must stand still. `compared` is told now and then. */
export function* differences(
  first: DatabaseSyncInstance,
  second: DatabaseSyncInstance,
  compared: (rows: number) => void = () => undefined,
): Generator<RowDifference, void, void> {
  let rows = 0;
  const tables = new Map([...tablesOf(first), ...tablesOf(second)].map((table) => [table.name, table]));
  for (const table of [...tables.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    for (const [one, other] of inStep(rowsOf(first, table), rowsOf(second, table))) {
      if (++rows % SAY === 0) compared(rows);
      const difference = differenceOf(table, one, other);
      if (difference) yield difference;
    }
  }
  compared(rows);
}

function tablesOf(db: DatabaseSyncInstance): Table[] {
  const found = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).all();
  return (found as { name: string }[])
    .map(({ name }) => {
      const columns = db.prepare('SELECT name, pk FROM pragma_table_info(?) ORDER BY cid').all(name) as {
        name: string;
        pk: number;
      }[];
      const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
      return { name, columns: columns.map((column) => column.name), key: key.map((column) => column.name) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function* rowsOf(db: DatabaseSyncInstance, table: Table): Generator<ReadRow, void, void> {
  if (!tablesOf(db).some(({ name }) => table.name === name)) return;
  const { name } = table;
  const list = table.columns.map(quoted).join(', ');
  const order = orderOf(table).map(quoted).join(', ');
  const rows = db.prepare(`SELECT ${list} FROM ${quoted(name)} ORDER BY ${order}`);
  rows.setReturnArrays(true);
  for (const cells of rows.iterate() as Iterable<Cell[]>) yield readRow(table, cells);
}

/** Rows of both by their keys, in order; a row that only one has stands alone. */
function* inStep(
  ones: Iterator<ReadRow>,
  others: Iterator<ReadRow>,
): Generator<[ReadRow | undefined, ReadRow | undefined]> {
  let [one, other] = [ones.next(), others.next()];
  while (!one.done || !other.done) {
    const order = one.done ? 1 : other.done ? -1 : compareKeys(one.value.key, other.value.key);
    yield [order <= 0 ? (one.value as ReadRow) : undefined, order >= 0 ? (other.value as ReadRow) : undefined];
    if (order <= 0) one = ones.next();
    if (order >= 0) other = others.next();
  }
}
