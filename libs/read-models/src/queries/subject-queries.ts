import { type RawBuilder, sql } from 'kysely';
import { type ConditionShape } from '../condition.js';
import { type ReadModel } from '../read-model.js';
import { type Statement } from '../read-store.js';
import { type Access } from './access-sql.js';
import {
  asArray,
  type Builder,
  type Compilation,
  inTime,
  heads,
  literal,
  slot,
  statement,
  valid,
  versions,
} from './builder.js';
import { headTable, OPEN, VERSIONS_PER_EVENT } from '../versions.js';
import { restrictedSql } from './guard-sql.js';
import { subjectKnownSql } from './known-sql.js';
import { columnOf, conditionSql, ValueSlots } from './condition-sql.js';

/** What distinguishes one statement over subjects from another. */
export interface SubjectShape {
  model: ReadModel;
  access: Access;
  /** Else as of `bound`. */
  now: boolean;
  where: ConditionShape | null;
}

export interface ListShape extends SubjectShape {
  after: boolean;
}

export interface ByLastChangeShape extends ListShape {
  /** Only subjects whose last change is at the version `floor` or behind it: no more than these are looked at. */
  recent: boolean;
}

/** Nulls come last in both directions; of equals, the newest subject comes first. */
export interface OrderedShape extends ListShape {
  order: { column: string; direction: 'asc' | 'desc' };
}

/**
 * `[v of the last change, key, revision, row]`; of a past moment with 1 or 0 behind it, whether the subject is restricted now:
 * a current row tells it by itself.
 */
const subjectRow = (now: boolean): RawBuilder<string> =>
  now
    ? asArray('i.v', 'i.key', 'i.revision', 'i.data')
    : asArray('i.v', 'i.key', 'i.revision', 'i.data', restrictedSql(sql.ref('i.key')));

/** One subject: by its stream's name or, with `where`, by a column that tells it from all others. */
export function oneSubject(compilation: Compilation, { model, access, now, where }: SubjectShape): Statement {
  const { dialect } = compilation;
  const { builder } = dialect;
  const values = new ValueSlots();
  const chosen = where && conditionSql(where, model, 'r', dialect, values);
  const seen = access.subjectSql(compilation, sql.ref('r.subject_key'));
  const byName = sql<boolean>`${sql.ref('r.subject_key')} = (select key from streams where name = ${slot<string>('stream')})`;
  const inner = builder
    .selectFrom(versions(model.name, 'r'))
    .crossJoin('events as e')
    .where(inTime(compilation, 'r.v'))
    .where(chosen ?? byName)
    .where(valid('r', now))
    .where('e.sequence', '=', lastChange(builder, 'r.subject_key', now))
    .$if(seen !== null, (query) => query.where(seen!))
    .select([lastVersion.as('v'), 'r.subject_key as key', 'e.revision', 'r.data'])
    .limit(sql.lit(1));
  return statement(compilation, sql`(select ${dialect.joined(subjectRow(now))} from ${inner.as('i')})`);
}

/** Subjects by their last change: from the head, so that no other than those on the page are looked at unless `where` says so. In no order. */
export function subjectsByLastChange(compilation: Compilation, shape: ByLastChangeShape): Statement {
  const { model, access, now, where, after, recent } = shape;
  const { dialect, group } = compilation;
  const values = new ValueSlots();
  const chosen = where && conditionSql(where, model, 'r', dialect, values);
  const seen = access.subjectSql(compilation, sql.ref('h.key'));
  const known = subjectKnownSql(compilation, access, sql.ref('h.key'), now);
  const table = headTable(group);
  const inner = dialect.builder
    .selectFrom(now ? dialect.currentHead(table, 'h') : heads(table, 'h'))
    .crossJoin(versions(model.name, 'r'))
    .where(inTime(compilation, 'h.v'))
    // The bound of a cursor and that of a past moment are one, or everything newer is walked through.
    .$if(!now || after, (query) => query.where('h.v', '<', slot('below')))
    .$if(recent, (query) => query.where('h.v', '>=', slot('floor')))
    .where('h.valid_to', now ? '=' : '>=', now ? literal(OPEN) : slot('bound'))
    .whereRef('r.subject_key', '=', 'h.key')
    .where(valid('r', now))
    .$if(chosen !== null, (query) => query.where(chosen!))
    .$if(seen !== null, (query) => query.where(seen!))
    .$if(known !== null, (query) => query.where(known!))
    .select(['h.v', 'h.key', 'h.revision', 'r.data'])
    .orderBy('h.v', 'desc')
    .limit(slot('limit'));
  return statement(compilation, sql`(select ${dialect.joined(subjectRow(now))} from ${inner.as('i')})`);
}

/** Subjects in any other order: all that match are looked at. */
export function subjectsByColumn(compilation: Compilation, shape: OrderedShape): Statement {
  const { model, access, now, where, order, after } = shape;
  const { dialect } = compilation;
  const values = new ValueSlots();
  const chosen = where && conditionSql(where, model, 'r', dialect, values);
  const seen = access.subjectSql(compilation, sql.ref('r.subject_key'));
  const known = subjectKnownSql(compilation, access, sql.ref('r.subject_key'), now);
  const direction = sql.raw(order.direction === 'desc' ? 'desc' : 'asc');
  const column = sql.ref(`r.${columnOf(model, order.column)}`);
  const inner = dialect.builder
    .selectFrom(versions(model.name, 'r'))
    .where(inTime(compilation, 'r.v'))
    .where(valid('r', now))
    .$if(chosen !== null, (query) => query.where(chosen!))
    .$if(seen !== null, (query) => query.where(seen!))
    .$if(known !== null, (query) => query.where(known!))
    .$if(after, (query) => query.where(behind(shape, column)))
    .select(['r.subject_key as key', 'r.data', column.as('rank')])
    .orderBy(sql`${sql.ref('rank')} ${direction} nulls last`)
    .orderBy('r.subject_key', 'desc')
    .limit(slot('limit'));
  const page = dialect.builder
    .selectFrom(inner.as('p'))
    .crossJoin('events as e')
    .where('e.sequence', '=', lastChange(dialect.builder, 'p.key', now))
    .select([lastVersion.as('v'), 'p.key', 'e.revision', 'p.data', 'p.rank']);
  const rank = sql`${sql.ref('i.rank')} ${direction} nulls last, ${sql.ref('i.key')} desc`;
  return statement(compilation, sql`(select ${dialect.joined(subjectRow(now), rank)} from ${page.as('i')})`);
}

/** How many match, counted no further than `limit`. */
export function countSubjects(compilation: Compilation, { model, access, now, where }: SubjectShape): Statement {
  const values = new ValueSlots();
  const chosen = where && conditionSql(where, model, 'r', compilation.dialect, values);
  const seen = access.subjectSql(compilation, sql.ref('r.subject_key'));
  const known = subjectKnownSql(compilation, access, sql.ref('r.subject_key'), now);
  const inner = compilation.dialect.builder
    .selectFrom(versions(model.name, 'r'))
    .where(inTime(compilation, 'r.v'))
    .where(valid('r', now))
    .$if(known !== null, (query) => query.where(known!))
    .$if(chosen !== null, (query) => query.where(chosen!))
    .$if(seen !== null, (query) => query.where(seen!))
    .select(literal(1).as('one'))
    .limit(slot('limit'));
  return statement(compilation, sql`(select '[' || count(*) || ']' from ${inner.as('i')})`);
}

/** `v` of the head's version that a subject's last event made. */
const lastVersion = sql<number>`${sql.ref('e.sequence')} * ${sql.lit(VERSIONS_PER_EVENT)}`;

/** The sequence of a subject's last event. */
function lastChange(builder: Builder, key: string, now: boolean): RawBuilder<number> {
  const last = builder
    .selectFrom('events as l')
    .where('l.subject_key', '=', sql<number>`${sql.ref(key)}`)
    .$if(!now, (query) => query.where('l.sequence', '<=', slot('sequence')))
    .select(({ fn }) => fn.max('l.sequence').as('last'));
  return sql<number>`${last}`;
}

/** Rows behind the cursor's: `cursor` is the subject's key; where it stands is looked up in the same moment. */
function behind({ model, order, now }: OrderedShape, column: RawBuilder<unknown>): RawBuilder<boolean> {
  const key = sql.ref('r.subject_key');
  const mark = sql`(select ${sql.ref(`c.${order.column}`)} from ${versions(model.name, 'c')} where ${sql.ref('c.subject_key')} = ${slot('cursor')} and ${valid('c', now)})`;
  const further = sql.raw(order.direction === 'desc' ? '<' : '>');
  return sql<boolean>`case when ${mark} is null then ${column} is null and ${key} < ${slot('cursor')}
    else ${column} is null or ${column} ${further} ${mark} or (${column} = ${mark} and ${key} < ${slot('cursor')}) end`;
}
