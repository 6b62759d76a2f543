import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely';
import { type Dialect, type HeadTable, type Tables } from '../queries/builder.js';

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
  joined: (text, order) => sql<string | null>`group_concat(${text}, ',' order by ${order})`,
  each: (list, alias) => sql<{ value: number }>`json_each(${list})`.as(alias),
  isIn: (value, list) => sql<boolean>`${value} in (select value from json_each(${list}))`,
  // Left alone, SQLite walks the table backwards and passes over all that a busy subject has left behind.
  currentHead: <A extends string>(table: string, alias: A) =>
    sql<HeadTable>`${sql.table(table)}`.as<A>(sql`${sql.ref(alias)} indexed by ${sql.ref(currentHeadIndex(table))}`),
};

export const currentHeadIndex = (table: string): string => `${table}_now`;
