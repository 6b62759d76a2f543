import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely';
import { type Dialect, type HeadTable, slot, type Tables } from '../queries/builder.js';
import { MANY_WORDS, MOST_BYTES, WORDS_TABLE } from './text-tables.js';

/** Compiles, never connects. */
const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

const ARRAYS = { texts: sql`text[]`, numbers: sql`int8[]` };

/** True where the words of a row hold all of these. */
const holdAll = (list: string) =>
  sql<boolean>`not exists (select 1 from unnest(${slot(list, 'texts')}::text[]) as p(part) where strpos(d.words, p.part) = 0)`;

export const postgresDialect: Dialect = {
  builder,
  joined: (text, order) =>
    order
      ? sql<string | null>`string_agg(${text}, ',' order by ${order})`
      : sql<string | null>`string_agg(${text}, ',')`,
  each: <A extends string>(list: Parameters<Dialect['each']>[0], alias: A) =>
    sql<{ value: number }>`unnest(${slot(list, 'numbers')}::int8[])`.as<A>(sql`${sql.ref(alias)}(value)`),
  entries: <A extends string>(object: Parameters<Dialect['entries']>[0], alias: A) =>
    sql<{
      key: string;
      value: number;
    }>`unnest(${slot(object, 'keys')}::text[], ${slot(object, 'values')}::int8[])`.as<A>(
      sql`${sql.ref(alias)}(key, value)`,
    ),
  isIn: (value, list, of) => sql<boolean>`${value} = any(${slot(list, of)}::${ARRAYS[of]})`,
  holdsAny: (column, list) => sql<boolean>`${column} && ${slot(list, 'texts')}::text[]`,
  contains: (text, part) => sql<boolean>`strpos(${text}, ${part}) > 0`,
  // The server ends a statement by itself.
  inTime: null,
  texts: {
    from: sql`${sql.table(WORDS_TABLE)} as d`,
    rank: sql<number>`d.rank`,
    // The index knows which words there are, and not where: that is for the words themselves. Of rows with very many it knows none.
    match: sql<boolean>`(d.lexemes @@ (${slot('tsQuery')}::tsquery || ${sql.lit(MANY_WORDS)}::tsquery) and ${holdAll('phrases')}
      and (octet_length(d.words) <= ${sql.lit(MOST_BYTES)} or ${holdAll('parts')}))`,
  },
  currentHead: <A extends string>(table: string, alias: A) => sql<HeadTable>`${sql.table(table)}`.as(alias),
};
