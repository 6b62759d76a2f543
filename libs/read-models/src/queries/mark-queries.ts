import { sql } from 'kysely';
import { THE_SUBJECT } from '../access-changes.js';
import { type Statement } from '../read-store.js';
import { type Access } from './access-sql.js';
import { type Compilation, literal, statement } from './builder.js';
import { OPEN } from '../versions.js';

/**
 * The marks that stand now on these subjects (`keys`) and on these records of theirs (`records`, {@link THE_SUBJECT} for a subject
 * itself): `[subject key, record, what is shown, hidden records]`, of what may be seen.
 */
export function marksOfRecords(compilation: Compilation, access: Access): Statement {
  const { dialect } = compilation;
  const [key, record] = [sql.ref('k.subject_key'), sql.ref('k.record_id')];
  const seen = [access.subjectSql(compilation, key), access.recordSql(compilation, key, record)];
  const conditions = [
    dialect.isIn(key, 'keys', 'numbers'),
    dialect.isIn(record, 'records', 'texts'),
    stands,
    ...seen.filter((one) => one !== null),
  ];
  const row = sql<string>`'[' || ${key} || ',"' || ${record} || '",' || ${sql.ref('k.shown')} || ',' || coalesce(${access.hiddenRecordsSql(compilation, key)}, 'null') || ']'`;
  return statement(
    compilation,
    sql`(select ${dialect.joined(row, order)} from marks as k where ${sql.join(conditions, sql` and `)})`,
  );
}

/** The marks that stand now on what these events (`sequences`) concern: `[sequence, what is shown, hidden records]`, of what may be seen. */
export function marksOfEvents(compilation: Compilation, access: Access): Statement {
  const { dialect } = compilation;
  const key = sql.ref('k.subject_key');
  const record = sql.ref('k.record_id');
  const concerned = sql`(${record} = ${sql.lit(THE_SUBJECT)} or ${dialect.contains(sql.ref('e.record_ids'), record)})`;
  const seen = access.eventSql(compilation, 'e');
  const conditions = [
    dialect.isIn(sql.ref('e.sequence'), 'sequences', 'numbers'),
    sql`${key} = ${sql.ref('e.subject_key')}`,
    stands,
    concerned,
    ...(seen ? [seen] : []),
  ];
  const row = sql<string>`'[' || ${sql.ref('e.sequence')} || ',' || ${sql.ref('k.shown')} || ',' || coalesce(${access.hiddenRecordsSql(compilation, key)}, 'null') || ']'`;
  return statement(
    compilation,
    sql`(select ${dialect.joined(row, order)} from events as e cross join marks as k where ${sql.join(conditions, sql` and `)})`,
  );
}

// The names m and w are those of what access looks at.
/** Of a subject before those of its records, in the order they were set. */
const order = sql`${sql.ref('k.record_id')}, ${sql.ref('k.begins')}`;
const stands = sql`${sql.ref('k.ends')} = ${literal(OPEN)}`;
