import { isDeepStrictEqual } from 'node:util';

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

export type Cell = string | number | null;

/** A table of a store; rows are in the order of its key, or of all columns where it has none. */
export interface Table {
  name: string;
  columns: string[];
  key: string[];
}

/** A row as it was read. */
export interface ReadRow {
  key: (string | number)[];
  cells: Cell[];
}

/** By what its rows are ordered. */
export const orderOf = ({ key, columns }: Table): string[] => (key.length > 0 ? key : columns);

/** A row of these cells, which stand in the order of the columns. Of a table without a key all cells are its key, a null as 0. */
export function readRow(table: Table, cells: Cell[]): ReadRow {
  return { key: orderOf(table).map((column) => cells[table.columns.indexOf(column)] ?? 0), cells };
}

/** Numbers before texts, texts by their bytes. */
export function compareKeys(one: ReadRow['key'], other: ReadRow['key']): number {
  for (const [n, a] of one.entries()) {
    const b = other[n];
    if (a === b) continue;
    if (typeof a === 'number') return typeof b === 'number' && a > b ? 1 : -1;
    return typeof b === 'number' ? 1 : Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  return 0;
}

/** In what a row differs; null if it does not. A row that only one store has is given alone. */
export function differenceOf(table: Table, one: ReadRow | undefined, other: ReadRow | undefined): RowDifference | null {
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
