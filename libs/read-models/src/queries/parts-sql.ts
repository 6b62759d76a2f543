import { type RawBuilder, sql } from 'kysely';
import { OPEN } from '../versions.js';
import { type Dialect, literal } from './builder.js';

type Sql<T = unknown> = RawBuilder<T>;

/** What stands around records, or on them: tables of current rows with the record's id. */
type Guard = 'walls' | 'marks';

/**
 * The guards (under the alias) of all records of a subject: those of their own, and those of what they belong to. A condition
 * can follow each `from`; `id` is the record's id.
 */
export function onRecords(guard: Guard, alias: string, subjectKey: Sql): { from: Sql; id: Sql }[] {
  const of = sql`${sql.table(guard)} as ${sql.ref(alias)}`;
  const inSubject = sql`${sql.ref(`${alias}.subject_key`)} = ${subjectKey}`;
  // Guards are few, and parts need not be: in this order.
  const parts = sql`${of} cross join ${sql.table('parts')} as ${sql.ref('p')}`;
  const ofOwner = sql`${sql.ref('p.subject_key')} = ${subjectKey} and ${sql.ref('p.owner_id')} = ${sql.ref(`${alias}.record_id`)}`;
  return [
    { from: sql`${of} where ${inSubject}`, id: sql.ref(`${alias}.record_id`) },
    { from: sql`${parts} where ${inSubject} and ${ofOwner}`, id: sql.ref('p.record_id') },
  ];
}

/** The same of one record: its own guards, and those of what it belongs to. */
export function onRecord(guard: Guard, alias: string, subjectKey: Sql, recordId: Sql): Sql[] {
  const of = sql`${sql.table(guard)} as ${sql.ref(alias)}`;
  const isOn = (id: Sql): Sql =>
    sql`${sql.ref(`${alias}.subject_key`)} = ${subjectKey} and ${sql.ref(`${alias}.record_id`)} = ${id}`;
  const ofRecord = sql`${sql.ref('p.subject_key')} = ${subjectKey} and ${sql.ref('p.record_id')} = ${recordId}`;
  return [
    sql`${of} where ${isOn(recordId)}`,
    sql`${sql.table('parts')} as ${sql.ref('p')} cross join ${of} where ${ofRecord} and ${isOn(sql.ref('p.owner_id'))}`,
  ];
}

/**
 * The ids of a subject's records that these guards stand around or on, as JSON texts parted by commas; null if there are none.
 * Most subjects have no guards at all (of these tables): that is asked first, as every read asks.
 */
export function guardedIds(
  dialect: Dialect,
  subjectKey: Sql,
  tables: readonly Guard[],
  guards: readonly { from: Sql; id: Sql }[],
): Sql<string | null> {
  const ids = guards.map(({ from, id }) => sql`select ${id} as id from ${from}`);
  const list = dialect.joined(sql<string>`'"' || ${sql.ref('h.id')} || '"'`);
  const standing = { walls: sql``, marks: sql`and ${sql.ref('a.ends')} = ${literal(OPEN)}` };
  const any = tables.map(
    (table) =>
      sql`exists (select 1 from ${sql.table(table)} as a where ${sql.ref('a.subject_key')} = ${subjectKey} ${standing[table]})`,
  );
  return sql<
    string | null
  >`(case when ${sql.join(any, sql` or `)} then (select ${list} from (${sql.join(ids, sql` union all `)}) as ${sql.ref('h')}) end)`;
}
