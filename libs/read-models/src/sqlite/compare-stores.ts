import { isDeepStrictEqual } from 'node:util';
import { type DatabaseSyncInstance } from '@photostructure/sqlite';
import { openStoreForReading } from './store-file.js';
import { quoted } from './schema.js';

/** One row of a store's tables, with its values as JSON. */
export interface DumpedRow {
  table: string;
  /** The values of the table's key. */
  key: (string | number)[];
  row: string;
}

/** What a row holds in one store and in the other; a member of the row's JSON is a field as a column is. */
export interface FieldDifference {
  field: string;
  first: unknown;
  second: unknown;
}

export interface RowDifference {
  table: string;
  key: (string | number)[];
  /** The record's or the event's id, where the row has one. */
  id: string | null;
  /** Which store alone holds the row; null where both do. */
  only: 'first' | 'second' | null;
  /** Empty where only one holds it. */
  fields: FieldDifference[];
}

/** After how many rows `differences` says how far it is. */
const SAY = 2_000;

type Cell = string | number | null;

interface Table {
  name: string;
  columns: string[];
  key: string[];
}

interface Read {
  key: (string | number)[];
  cells: Cell[];
}

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

function* rowsOf(db: DatabaseSyncInstance, { name, columns, key }: Table): Generator<Read, void, void> {
  if (!tablesOf(db).some((table) => table.name === name)) return;
  const list = columns.map(quoted).join(', ');
  const order = (key.length > 0 ? key : columns).map(quoted).join(', ');
  const rows = db.prepare(`SELECT ${list} FROM ${quoted(name)} ORDER BY ${order}`);
  rows.setReturnArrays(true);
  const places = (key.length > 0 ? key : columns).map((column) => columns.indexOf(column));
  for (const cells of rows.iterate() as Iterable<Cell[]>) {
    yield { key: places.map((place) => cells[place] ?? 0), cells };
  }
}

/** Rows of both by their keys, in order; a row that only one has stands alone. */
function* inStep(ones: Iterator<Read>, others: Iterator<Read>): Generator<[Read | undefined, Read | undefined]> {
  let [one, other] = [ones.next(), others.next()];
  while (!one.done || !other.done) {
    const order = one.done ? 1 : other.done ? -1 : compareKeys(one.value.key, other.value.key);
    yield [order <= 0 ? (one.value as Read) : undefined, order >= 0 ? (other.value as Read) : undefined];
    if (order <= 0) one = ones.next();
    if (order >= 0) other = others.next();
  }
}

/** As SQLite orders them: numbers before texts, texts by their bytes. */
function compareKeys(one: (string | number)[], other: (string | number)[]): number {
  for (const [n, a] of one.entries()) {
    const b = other[n];
    if (a === b) continue;
    if (typeof a === 'number') return typeof b === 'number' && a > b ? 1 : -1;
    return typeof b === 'number' ? 1 : Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  return 0;
}

function differenceOf(table: Table, one: Read | undefined, other: Read | undefined): RowDifference | null {
  if (one && other && one.cells.every((cell, n) => cell === other.cells[n])) return null;
  const { key, cells } = (one ?? other)!;
  const id = cells[table.columns.indexOf('id')];
  return {
    table: table.name,
    key,
    id: typeof id === 'string' ? id : null,
    only: one ? (other ? null : 'first') : 'second',
    fields: one && other ? fieldsOf(table, one.cells, other.cells) : [],
  };
}

function fieldsOf({ columns }: Table, one: Cell[], other: Cell[]): FieldDifference[] {
  return columns.flatMap((field, n) => {
    if (one[n] === other[n]) return [];
    const [first, second] = [one[n], other[n]].map((cell) => (field === 'data' ? objectOf(cell) : undefined));
    if (!first || !second) return [{ field, first: one[n], second: other[n] }];
    const members = [...new Set([...Object.keys(first), ...Object.keys(second)])];
    const changed = members.filter((member) => !isDeepStrictEqual(first[member], second[member]));
    // Equal in all members, but not in their order or in what stands between them.
    if (changed.length === 0) return [{ field, first: one[n], second: other[n] }];
    return changed.map((member) => ({ field: member, first: first[member], second: second[member] }));
  });
}

function objectOf(cell: Cell): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(String(cell));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
