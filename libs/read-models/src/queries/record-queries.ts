import { type RawBuilder, sql } from 'kysely';
import { type ConditionShape } from '../condition.js';
import { type ReadModel } from '../read-model.js';
import { type Statement } from '../read-store.js';
import { type Access } from './access-sql.js';
import { asArray, type Compilation, inTime, slot, statement, valid, versions } from './builder.js';
import { conditionSql, ValueSlots } from './condition-sql.js';
import { walledSql } from './guard-sql.js';
import { gradeSql, knownSql } from './known-sql.js';
import { hiddenSubjectsSql, subjectKey } from './named-subjects.js';

export interface RecordShape {
  model: ReadModel;
  access: Access;
  /** Else as of `bound`. */
  now: boolean;
  where: ConditionShape | null;
  after: boolean;
}

/**
 * Each subject's newest changes, for many subjects at once: `[subject key, [[v, key, row], …], hidden records,
 * [stream, …records with walls]]`, in no order; of what somebody knew `[v, key, row, grade]`.
 */
export function recordsOfSubjects(compilation: Compilation, shape: RecordShape): Statement {
  const { model, access, now, where, after } = shape;
  const { dialect } = compilation;
  const values = new ValueSlots();
  const chosen = where && conditionSql(where, model, 'r', dialect, values);
  const seen = access.subjectSql(compilation, sql.ref('k.value'));
  const open = recordOpen(compilation, access, model, sql.ref('k.value'), now);
  const grade = access.knower ? gradeSql(compilation, access, model, sql.ref('k.value'), now) : null;
  const ofSubject = dialect.builder
    .selectFrom(versions(model.name, 'r'))
    .where(inTime(compilation, 'r.v'))
    .where('r.subject_key', '=', sql<number>`${sql.ref('k.value')}`)
    // One upper bound: the cursor's or the past moment's, whichever is lower.
    .$if(!now || after, (query) => query.where('r.v', '<', slot('below')))
    .where(now ? valid('r', true) : sql<boolean>`${sql.ref('r.valid_to')} >= ${slot('bound')}`)
    .$if(chosen !== null, (query) => query.where(chosen!))
    .$if(open !== null, (query) => query.where(open!))
    .select(['r.v', 'r.key', 'r.data'])
    .$if(grade !== null, (query) => query.select(grade!.as('grade')))
    .orderBy('r.v', 'desc')
    .limit(slot('limit'));
  const cells = asArray('i.v', 'i.key', 'i.data', ...(grade ? ['i.grade'] : []));
  const list = sql`(select ${dialect.joined(cells)} from ${ofSubject.as('i')})`;
  const hidden = access.hiddenRecordsSql(compilation, sql.ref('k.value'));
  const text = sql<string>`'[' || ${sql.ref('k.value')} || ',[' || coalesce(${list}, '') || '],' || coalesce(${hidden}, 'null') || ',' || coalesce(${walledSql(dialect, sql.ref('k.value'))}, 'null') || ']'`;
  const keys = sql`from ${dialect.each('keys', 'k')} ${seen ? sql`where ${seen}` : sql``}`;
  return statement(compilation, sql`(select ${dialect.joined(text)} ${keys})`);
}

/**
 * Records of all subjects that a condition on indexed columns holds for, the last changed first:
 * `[v, key, subject key, stream, row, hidden records, [stream, …records with walls]]`, in no order; of what somebody knew the
 * grade behind them.
 */
export function recordsWhere(compilation: Compilation, shape: RecordShape): Statement {
  const { model, access, now, where, after } = shape;
  const { dialect } = compilation;
  const seen = recordSeen(compilation, access, model, now);
  const grade = access.knower ? gradeSql(compilation, access, model, sql.ref('r.subject_key'), now) : null;
  const inner = dialect.builder
    .selectFrom(versions(model.name, 'r'))
    .where(inTime(compilation, 'r.v'))
    .where(conditionSql(where!, model, 'r', dialect, new ValueSlots()))
    .$if(!now || after, (query) => query.where('r.v', '<', slot('below')))
    .where(now ? valid('r', true) : sql<boolean>`${sql.ref('r.valid_to')} >= ${slot('bound')}`)
    .$if(seen !== null, (query) => query.where(seen!))
    .select(['r.v', 'r.key', 'r.subject_key', 'r.data'])
    .$if(grade !== null, (query) => query.select(grade!.as('grade')))
    .orderBy('r.v', 'desc')
    .limit(slot('limit'));
  const subject = sql.ref('i.subject_key');
  const hidden = sql<string>`coalesce(${access.hiddenRecordsSql(compilation, subject)}, 'null')`;
  const walled = sql<string>`coalesce(${walledSql(dialect, subject)}, 'null')`;
  const stream = sql<string>`(select '"' || ${sql.ref('s.name')} || '"' from ${sql.table('streams')} as s where ${sql.ref('s.key')} = ${subject})`;
  const row = asArray('i.v', 'i.key', 'i.subject_key', stream, 'i.data', hidden, walled, ...(grade ? ['i.grade'] : []));
  return statement(compilation, sql`(select ${dialect.joined(row)} from ${inner.as('i')})`);
}

/** One record by its id: `[v, key, row, hidden records]`. Versions are never taken away, so the newest below the bound is the one. */
export function recordById(compilation: Compilation, { model, access, now }: RecordShape): Statement {
  const seen = recordSeen(compilation, access, model, now);
  const inner = compilation.dialect.builder
    .selectFrom(versions(model.name, 'r'))
    .where('r.id', '=', slot<string>('id'))
    .$if(!now, (query) => query.where('r.v', '<', slot('bound')))
    .$if(seen !== null, (query) => query.where(seen!))
    .select(['r.v', 'r.key', 'r.subject_key', 'r.data'])
    .orderBy('r.v', 'desc')
    .limit(sql.lit(1));
  const hidden = access.hiddenRecordsSql(compilation, sql.ref('i.subject_key'));
  const row = asArray('i.v', 'i.key', 'i.data');
  const text = compilation.dialect.joined(
    sql<string>`substr(${row}, 1, length(${row}) - 1) || ',' || coalesce(${hidden}, 'null') || ']'`,
  );
  return statement(compilation, sql`(select ${text} from ${inner.as('i')})`);
}

/** The versions of one record, the newest first: `[v, key, row, hidden records]`. Whoever sees a subject from a grant on is shown those that stood since. */
export function versionsOfRecord(compilation: Compilation, { model, access, now, after }: RecordShape): Statement {
  const key = sql.ref('r.subject_key');
  const seen = allOf([
    recordSeen(compilation, access, model, now),
    access.stoodSql(compilation, key, sql.ref('r.valid_to')),
  ]);
  const inner = compilation.dialect.builder
    .selectFrom(versions(model.name, 'r'))
    .where('r.id', '=', slot<string>('id'))
    .where('r.subject_key', '=', slot('key'))
    .$if(!now || after, (query) => query.where('r.v', '<', slot('below')))
    .$if(seen !== null, (query) => query.where(seen!))
    .select(['r.v', 'r.key', 'r.data'])
    .orderBy('r.v', 'desc')
    .limit(slot('limit'));
  const hidden = access.hiddenRecordsSql(compilation, slot('key'));
  const row = asArray('i.v', 'i.key', 'i.data');
  const text = compilation.dialect.joined(
    sql<string>`substr(${row}, 1, length(${row}) - 1) || ',' || coalesce(${hidden}, 'null') || ']'`,
    sql`${sql.ref('i.v')} desc`,
  );
  return statement(compilation, sql`(select ${text} from ${inner.as('i')})`);
}

/** The versions that begin after the bound `from` and below `bound`, and those they replaced: `[v, key, row]`. */
export function versionsBetween(compilation: Compilation, model: ReadModel, access: Access): Statement {
  const seen = recordSeen(compilation, access, model, false);
  const inner = compilation.dialect.builder
    .selectFrom(versions(model.name, 'r'))
    .where(inTime(compilation, 'r.v'))
    .where('r.subject_key', '=', slot('key'))
    .where('r.v', '<', slot('bound'))
    .where('r.valid_to', '>=', slot('from'))
    .where(sql<boolean>`(${sql.ref('r.v')} >= ${slot('from')} or ${sql.ref('r.valid_to')} < ${slot('bound')})`)
    .$if(seen !== null, (query) => query.where(seen!))
    .select(['r.v', 'r.key', 'r.data'])
    .orderBy('r.v')
    .limit(slot('limit'));
  const text = compilation.dialect.joined(asArray('i.v', 'i.key', 'i.data'), sql.ref('i.v'));
  return statement(compilation, sql`(select ${text} from ${inner.as('i')})`);
}

/** `[v]` of a read model's last version, if it holds any at all. */
export function lastVersionOf(compilation: Compilation, model: ReadModel): Statement {
  const last = compilation.dialect.builder
    .selectFrom(versions(model.name, 'r'))
    .select(sql<string | null>`'[' || max(${sql.ref('r.v')}) || ']'`.as('last'));
  return statement(compilation, sql`${last}`);
}

/**
 * All versions of some records of a subject, the oldest first: `[[[key, row], …], hidden records, [stream, …records with walls]]`. As
 * with one record's, whoever sees the subject from a grant on is shown those that stood since.
 */
export function versionsOfRecords(compilation: Compilation, model: ReadModel, access: Access): Statement {
  const { dialect } = compilation;
  const key = slot('key');
  const seen = allOf([
    recordSeen(compilation, access, model, false),
    access.stoodSql(compilation, key, sql.ref('r.valid_to')),
  ]);
  const inner = dialect.builder
    .selectFrom(versions(model.name, 'r'))
    .where(inTime(compilation, 'r.v'))
    .where('r.subject_key', '=', key)
    .where('r.v', '<', slot('bound'))
    .where(dialect.isIn(sql.ref('r.id'), 'records', 'texts'))
    .$if(seen !== null, (query) => query.where(seen!))
    .select(['r.v', 'r.key', 'r.data']);
  const list = sql`(select ${dialect.joined(asArray('i.key', 'i.data'), sql.ref('i.v'))} from ${inner.as('i')})`;
  const hidden = access.hiddenRecordsSql(compilation, key);
  return statement(
    compilation,
    sql<string>`'[[' || coalesce(${list}, '') || '],' || coalesce(${hidden}, 'null') || ',' || coalesce(${walledSql(dialect, key)}, 'null') || ']'`,
  );
}

/** The ids of what may not be seen: of a subject's records in one row, of other subjects that it names in a second. */
export function hiddenIds(compilation: Compilation, access: Access): Statement {
  const records = sql<string>`coalesce(${access.hiddenRecordsSql(compilation, slot('key'))}, '[]')`;
  const subjects = sql<string>`coalesce(${hiddenSubjectsSql(compilation, access, slot('key'))}, '')`;
  return statement(compilation, sql<string>`${records} || ',[' || ${subjects} || ']'`);
}

/** True for the records (r) that may be seen. */
export function recordSeen(
  compilation: Compilation,
  access: Access,
  model: ReadModel,
  now: boolean,
): RawBuilder<boolean> | null {
  const key = sql.ref('r.subject_key');
  return allOf([access.subjectSql(compilation, key), recordOpen(compilation, access, model, key, now)]);
}

/** True for the records (r) of a subject that are open, and so are those that they belong to; and that were known, if that is asked. */
function recordOpen(
  compilation: Compilation,
  access: Access,
  model: ReadModel,
  key: RawBuilder<unknown>,
  now: boolean,
): RawBuilder<boolean> | null {
  const ids = ['id', ...(model.partOf ?? [])];
  return allOf([
    ...ids.map((id) => access.recordSql(compilation, key, sql.ref(`r.${id}`))),
    model.tellsOf ? access.subjectSql(compilation, subjectKey(compilation, 'r', model.tellsOf)) : null,
    knownSql(compilation, access, model, key, now),
  ]);
}

function allOf(tests: readonly (RawBuilder<boolean> | null)[]): RawBuilder<boolean> | null {
  const given = tests.filter((test) => test !== null);
  return given.length === 0 ? null : sql<boolean>`(${sql.join(given, sql` and `)})`;
}
