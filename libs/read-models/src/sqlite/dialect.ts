import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely';
import { type Dialect, type HeadTable, slot, type Tables } from '../queries/builder.js';
import { currentHeadIndex, IN_TIME } from './names.js';

/** Compiles, never connects. */
const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

export const sqliteDialect: Dialect = {
  builder,
  joined: (text, order) =>
    order
      ? sql<string | null>`group_concat(${text}, ',' order by ${order})`
      : sql<string | null>`group_concat(${text})`,
  each: (list, alias) => sql<{ value: number }>`json_each(${slot(list)})`.as(alias),
  entries: (object, alias) => sql<{ key: string; value: number }>`json_each(${slot(object)})`.as(alias),
  isIn: (value, list) => sql<boolean>`${value} in (select value from json_each(${slot(list)}))`,
  holdsAny: (column, list) =>
    sql<boolean>`exists (select 1 from json_each(${column}) as n where ${sql.ref('n.value')} in (select value from json_each(${slot(list)})))`,
  contains: (text, part) => sql<boolean>`instr(${text}, ${part}) > 0`,
  // About every 256th event's row: a call of each costs more than the row.
  inTime: (place, perEvent) => sql<boolean>`(${place} & ${sql.lit(255 * perEvent)} <> 0 or ${sql.raw(IN_TIME)}())`,
  texts: {
    from: sql`search.docs as d`,
    rank: sql<number>`d.rowid`,
    match: sql<boolean>`d.docs match ${slot('fts')}`,
  },
  // Left alone, SQLite walks the table backwards and passes over all that a busy subject has left behind.
  currentHead: <A extends string>(table: string, alias: A) =>
    sql<HeadTable>`${sql.table(table)}`.as<A>(sql`${sql.ref(alias)} indexed by ${sql.ref(currentHeadIndex(table))}`),
};
