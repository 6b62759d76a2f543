import { type RawBuilder, sql } from 'kysely';
import { ANYBODY } from '../access-filter.js';
import { type Dialect, literal } from './builder.js';
import { OPEN } from '../versions.js';
import { guardedIds, onRecords } from './parts-sql.js';

type Sql<T = unknown> = RawBuilder<T>;

/** 1 for a subject that is not open to all who read by right, else 0. */
export const restrictedSql = (subjectKey: Sql): Sql<number> =>
  sql<number>`(case when exists (select 1 from ${sql.table('grants')} as ${sql.ref('o')} where ${sql.ref('o.subject_key')} = ${subjectKey} and ${sql.ref('o.ends')} = ${literal(OPEN)} and ${sql.ref('o.name')} = ${sql.lit(ANYBODY)}) then 0 else 1 end)`;

/** The records of a subject with walls around them, behind the subject's stream, as a JSON array; null if there are none. */
export function walledSql(dialect: Dialect, subjectKey: Sql): Sql<string | null> {
  const name = sql`(select ${sql.ref('n.name')} from ${sql.table('streams')} as ${sql.ref('n')} where ${sql.ref('n.key')} = ${subjectKey})`;
  return sql<
    string | null
  >`('["' || ${name} || '",' || ${guardedIds(dialect, subjectKey, ['walls'], onRecords('walls', 'g', subjectKey))} || ']')`;
}

/** What stands around an event, as JSON: `[1, ["record"]]`, or null where it is no subject's. */
export function eventGuardsSql(dialect: Dialect, subjectKey: Sql, recordIds: Sql): Sql<string> {
  const concerned = onRecords('walls', 'g', subjectKey).map(({ from, id }) => ({
    ...{ id, from: sql`${from} and ${dialect.contains(recordIds, id)}` },
  }));
  const walled = guardedIds(dialect, subjectKey, ['walls'], concerned);
  return sql<string>`case when ${subjectKey} is null then 'null' else '[' || ${restrictedSql(subjectKey)} || ',[' || coalesce(${walled}, '') || ']]' end`;
}
