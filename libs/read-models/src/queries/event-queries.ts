import { type RawBuilder, sql } from 'kysely';
import { type Statement } from '../read-store.js';
import { type Access } from './access-sql.js';
import { eventGuardsSql } from './guard-sql.js';
import { eventKnownSql } from './known-sql.js';
import { type Compilation, inTime, slot, statement } from './builder.js';
import { eventHiddenSubjectsSql } from './named-subjects.js';

/** What distinguishes one statement over the event index from another. Events after the session's `sequence` are not there yet. */
export interface EventShape {
  access: Access;
  by:
    | { of: 'subject'; types: boolean; after: boolean; direction: 'forwards' | 'backwards' }
    | { of: 'log'; types: boolean; subjects: boolean }
    | { of: 'id' }
    | { of: 'sequences' };
}

/**
 * Events that may be seen: `[sequence, position, hidden records of its subject, what stands around it]` and, where it may name
 * others, `hidden subjects`.
 */
export function eventPlaces(compilation: Compilation, { access, by }: EventShape): Statement {
  const { dialect } = compilation;
  const seen = access.eventSql(compilation, 'e');
  const known = eventKnownSql(compilation, access);
  const backwards = by.of === 'subject' && by.direction === 'backwards';
  const order = backwards ? 'desc' : 'asc';
  // A cursor backwards and the moment read at are one upper bound.
  const lowest = by.of === 'log' || (by.of === 'subject' && by.after && !backwards);
  const inner = dialect.builder
    .selectFrom('events as e')
    .where(inTime(compilation, 'e.sequence'))
    .where('e.sequence', '<=', slot('sequence'))
    .$if(lowest, (query) => query.where('e.sequence', '>', slot('after')))
    .$if(by.of === 'subject', (query) => query.where('e.subject_key', '=', slot('key')))
    .$if(by.of === 'id', (query) => query.where('e.id', '=', slot<string>('id')))
    .$if(by.of === 'sequences', (query) => query.where(dialect.isIn(sql.ref('e.sequence'), 'sequences', 'numbers')))
    .$if('types' in by && by.types, (query) => query.where(dialect.isIn(sql.ref('e.type'), 'types', 'texts')))
    .$if(by.of === 'log' && by.subjects, (query) => query.where(ofStreams(compilation)))
    .$if(seen !== null, (query) => query.where(seen!))
    .$if(known !== null, (query) => query.where(known!))
    .select(['e.sequence', 'e.position', 'e.subject_key', 'e.record_ids', 'e.type'])
    .orderBy('e.sequence', order)
    .limit(slot('limit'));
  return statement(compilation, placesOf(compilation, access, inner.as('i'), order));
}

/** `[type, stream]` of the events after one sequence and up to another; the stream is null where it is no subject's. */
export function eventKinds(compilation: Compilation): Statement {
  const { dialect } = compilation;
  const inner = dialect.builder
    .selectFrom('events as e')
    .leftJoin('streams as s', 's.key', 'e.subject_key')
    .where('e.sequence', '>', slot('after'))
    .where('e.sequence', '<=', slot('sequence'))
    .select(['e.type', 's.name']);
  // Neither types nor subjects' streams have quotes or backslashes in their names.
  const name = sql`coalesce('"' || ${sql.ref('i.name')} || '"', 'null')`;
  const text = sql<string>`'["' || ${sql.ref('i.type')} || '",' || ${name} || ']'`;
  return statement(compilation, sql`(select ${dialect.joined(text)} from ${inner.as('i')})`);
}

const ofStreams = ({ dialect }: Compilation): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref('e.subject_key')} in (select ${sql.ref('s.key')} from ${sql.table('streams')} as s where ${dialect.isIn(sql.ref('s.name'), 'streams', 'texts')})`;

const placesOf = (
  compilation: Compilation,
  access: Access,
  inner: Parameters<typeof sql>[1],
  order: 'asc' | 'desc',
): RawBuilder<string | null> => {
  const hidden = access.hiddenRecordsSql(compilation, sql.ref('i.subject_key'));
  const guards = eventGuardsSql(compilation.dialect, sql.ref('i.subject_key'), sql.ref('i.record_ids'));
  const subjects = eventHiddenSubjectsSql(compilation, access, sql.ref('i.subject_key'), sql.ref('i.type'));
  // A position may be any text of its engine, without quotes or backslashes.
  const text = sql<string>`'[' || ${sql.ref('i.sequence')} || ',"' || ${sql.ref('i.position')} || '",' || coalesce(${hidden}, 'null') || ',' || ${guards} || coalesce(',[' || ${subjects} || ']', '') || ']'`;
  return sql`(select ${compilation.dialect.joined(text, sql`${sql.ref('i.sequence')} ${sql.raw(order)}`)} from ${inner})`;
};
