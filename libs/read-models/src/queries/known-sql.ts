import { type RawBuilder, sql } from 'kysely';
import { type ReadModel } from '../read-model.js';
import { type Access } from './access-sql.js';
import { type Compilation, slot, valid } from './builder.js';
import { VERSIONS_PER_EVENT } from '../versions.js';

type Sql<T = unknown> = RawBuilder<T>;

/** How well a record was known: the greatest of what tells of it. */
export const GRADES = ['NOT_STATED', 'POSSIBLY', 'CERTAINLY'] as const;
export type Known = (typeof GRADES)[number];

const column = (name: string): Sql => sql.ref(`q.${name}`);

/** Rows (q) that tell of the knower's knowing something of a subject by then; further conditions can follow. */
function telling(compilation: Compilation, access: Access, subjectKey: Sql, now: boolean): Sql {
  const { model, party } = access.knower!;
  const whose = party === null ? sql`${column('partyId')} is null` : sql`${column('partyId')} = ${slot('knownParty')}`;
  const begun = sql`(${column('sinceEarliest')} is null or ${column('sinceEarliest')} <= ${slot('knownTime')})`;
  // Nor does a party tell anything that may not be seen itself, to whoever knows its id.
  const ids = ['recordId', 'throughId', ...(party === null ? [] : ['partyId'])];
  const open = ids.map((id) => access.recordSql(compilation, subjectKey, column(id)));
  const tests = [whose, begun, valid('q', now), ...open.filter((test) => test !== null)];
  return sql`${sql.table(model.name)} as ${sql.ref('q')} where ${column('subject_key')} = ${subjectKey} and ${sql.join(tests, sql` and `)}`;
}

/** True where what began with this version (`key`) was recorded by then: whoever keeps the record knows what is in it. */
const recorded = (access: Access, key: Sql): Sql<boolean> =>
  access.knower!.party === null
    ? sql<boolean>`(select ${sql.ref('d.log_time')} from ${sql.table('events')} as ${sql.ref('d')} where ${sql.ref('d.sequence')} = ${key} / ${sql.lit(VERSIONS_PER_EVENT)}) <= ${slot('knownMs')}`
    : sql<boolean>`1 = 0`;

/**
 * True for the records (r) of a model that were known by then, or that belong to one that was; null if all are let through, as
 * subjects are, being no records.
 */
export function knownSql(
  compilation: Compilation,
  access: Access,
  model: ReadModel,
  subjectKey: Sql,
  now: boolean,
): Sql<boolean> | null {
  if (!access.knower || model.level === 'subject' || model.knownBy === null) return null;
  const rows = tellingOf(compilation, access, model, subjectKey, now).map((one) => sql`exists (select 1 from ${one})`);
  return sql<boolean>`(${sql.join([recorded(access, sql.ref('r.key')), ...rows], sql` or `)})`;
}

/**
 * Rows (q) that tell of a record (r), and those that tell of that by whose being known it shows: apart, each found by one id.
 * SQLite takes what is in a list of ids, however short, for a reason to look through all that is told of the subject.
 */
function tellingOf(
  compilation: Compilation,
  access: Access,
  { knownBy }: ReadModel,
  subjectKey: Sql,
  now: boolean,
): Sql[] {
  const rows = telling(compilation, access, subjectKey, now);
  const ids = ['id', ...(knownBy ? [knownBy] : [])];
  return ids.map((id) => sql`${rows} and ${column('recordId')} = ${sql.ref(`r.${id}`)}`);
}

/** The place in `GRADES` of how well a record (r) was known. */
export function gradeSql(
  compilation: Compilation,
  access: Access,
  model: ReadModel,
  subjectKey: Sql,
  now: boolean,
): Sql<number> {
  const grade = sql`case when ${column('sinceLatest')} <= ${slot('knownTime')} then 2 when ${column('sinceStated')} = 1 then 1 else 0 end`;
  const grades = tellingOf(compilation, access, model, subjectKey, now).map(
    (rows) => sql`select ${grade} as grade from ${rows}`,
  );
  return sql<number>`case when ${recorded(access, sql.ref('r.key'))} then 2 else coalesce((select max(g.grade) from (${sql.join(grades, sql` union all `)}) as g), 0) end`;
}

/** True for the subjects of which anything was known by then; null without a knower. */
export function subjectKnownSql(
  compilation: Compilation,
  access: Access,
  subjectKey: Sql,
  now: boolean,
): Sql<boolean> | null {
  if (!access.knower) return null;
  const rows = telling(compilation, access, subjectKey, now);
  return sql<boolean>`(${recorded(access, subjectKey)} or exists (select 1 from ${rows} and ${column('recordId')} is not null))`;
}

/** True for the events (e) of a subject that concern no record, or one that was known by then; null without a knower. */
export function eventKnownSql(compilation: Compilation, access: Access): Sql<boolean> | null {
  if (!access.knower) return null;
  const concerned = sql.ref('e.record_ids');
  const rows = telling(compilation, access, sql.ref('e.subject_key'), false);
  const own = access.knower.party === null ? sql`${sql.ref('e.log_time')} <= ${slot('knownMs')} or ` : sql``;
  const knows = sql`exists (select 1 from ${rows} and ${compilation.dialect.contains(concerned, column('recordId'))})`;
  return sql<boolean>`(${own}${concerned} is null or ${knows})`;
}
