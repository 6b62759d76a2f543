import { type Client } from 'pg';
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

/** A store as one connection sees it, in a transaction that is open. */
export interface SeenStore {
  client: Client;
  schema: string;
}

/** Columns by their names: whether they are read as numbers, and are of the primary key. */
type Columns = Map<string, { isNumber: boolean; isKey: boolean }>;

/** Rows that are fetched at once, and after how many of them `differences` says how far it is. */
const FETCHED = 2_000;

/** Rows of a store, for telling how far a comparison is. */
export async function countRows({ client, schema }: SeenStore): Promise<number> {
  let sum = 0;
  for (const name of (await columnsIn({ client, schema })).keys()) {
    const { rows } = await client.query<{ rows: number }>(`SELECT count(*) AS rows FROM ${at(schema, name)}`);
    sum += rows[0].rows;
  }
  return sum;
}

/** All rows in which two stores differ, tables by name and rows by key. `compared` is told now and then. */
export async function* differences(
  first: SeenStore,
  second: SeenStore,
  compared: (rows: number) => void = () => undefined,
): AsyncGenerator<RowDifference, void, void> {
  const [ones, others] = [await columnsIn(first), await columnsIn(second)];
  let rows = 0;
  for (const name of [...new Set([...ones.keys(), ...others.keys()])].sort()) {
    const columns = ones.get(name) ?? others.get(name)!;
    const names = [...columns.keys()];
    const table: Table = { name, columns: names, key: names.filter((column) => columns.get(column)!.isKey) };
    const read = (store: SeenStore, there: ReadonlyMap<string, Columns>) =>
      there.has(name) ? rowsOf(store, table, columns) : none();
    const [one, other] = [read(first, ones), read(second, others)];
    for await (const [a, b] of inStep(one, other)) {
      if (++rows % FETCHED === 0) compared(rows);
      const difference = differenceOf(table, a, b);
      if (difference) yield difference;
    }
  }
  compared(rows);
}

async function columnsIn({ client, schema }: SeenStore): Promise<Map<string, Columns>> {
  const { rows } = await client.query<{ table: string; name: string; isNumber: boolean; isKey: boolean }>(
    `SELECT c.relname::text AS table, a.attname::text AS name, a.atttypid IN ('int8'::regtype, 'int2'::regtype) AS "isNumber",
       EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)) AS "isKey"
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relkind = 'r' AND c.relnamespace = $1::regnamespace ORDER BY 1, a.attnum`,
    [quoted(schema)],
  );
  const tables = new Map<string, Columns>();
  for (const { table, name, ...column } of rows) {
    const columns: Columns = tables.get(table) ?? (new Map() as Columns);
    tables.set(table, columns.set(name, column));
  }
  return tables;
}

/** Rows as they are fetched, by a cursor: all of them may be more than there is memory for. */
async function* rowsOf({ client, schema }: SeenStore, table: Table, columns: Columns): AsyncGenerator<ReadRow> {
  const isNumber = (name: string): boolean => columns.get(name)!.isNumber;
  const read = (name: string): string => (isNumber(name) ? quoted(name) : `${quoted(name)}::text`);
  // Texts by their bytes, lists as they are written.
  const ordered = orderOf(table).map((name) => `${read(name)}${isNumber(name) ? '' : ' COLLATE "C"'}`);
  await client.query(
    `DECLARE compared NO SCROLL CURSOR FOR SELECT ${table.columns.map(read).join(', ')} FROM ${at(schema, table.name)}
       ORDER BY ${ordered.join(', ')}`,
  );
  for (;;) {
    const { rows } = await client.query<Cell[]>({ text: `FETCH ${FETCHED} FROM compared`, rowMode: 'array' });
    for (const cells of rows) yield readRow(table, cells);
    if (rows.length < FETCHED) break;
  }
  await client.query('CLOSE compared');
}

async function* none(): AsyncGenerator<ReadRow> {
  // A table that is not there.
}

/** Rows of both by their keys, in order; a row that only one has stands alone. */
async function* inStep(
  ones: AsyncIterator<ReadRow>,
  others: AsyncIterator<ReadRow>,
): AsyncGenerator<[ReadRow | undefined, ReadRow | undefined]> {
  let [one, other] = [await ones.next(), await others.next()];
  while (!one.done || !other.done) {
    const order = one.done ? 1 : other.done ? -1 : compareKeys(one.value.key, other.value.key);
    yield [order <= 0 ? (one.value as ReadRow) : undefined, order >= 0 ? (other.value as ReadRow) : undefined];
    if (order <= 0) one = await ones.next();
    if (order >= 0) other = await others.next();
  }
}

const at = (schema: string, table: string): string => `${quoted(schema)}.${quoted(table)}`;
