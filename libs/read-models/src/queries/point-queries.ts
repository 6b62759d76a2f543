import { type RawBuilder, sql } from 'kysely';
import { type Statement } from '../read-store.js';
import { type Access } from './access-sql.js';
import { type Compilation, slot, statement } from './builder.js';

/** Where the store stands: `[sequence, log time]`. */
export const checkpointPoint = (compilation: Compilation): Statement =>
  statement(compilation, pointText('checkpoint.sequence', 'checkpoint.log_time'));

/** The event of this sequence: `[sequence, log time]`. */
export const pointOfSequence = (compilation: Compilation): Statement =>
  point(compilation, sql<boolean>`${sql.ref('e.sequence')} = ${slot('sequence')}`);

/** The last event with this log time (in milliseconds) or an earlier one: `[sequence, log time]`. */
export const pointOfTime = (compilation: Compilation): Statement =>
  point(compilation, sql<boolean>`${sql.ref('e.log_time')} <= ${slot('time')}`);

/** The event of this id, if it may be seen: `[sequence, log time]`. */
export function pointOfEvent(compilation: Compilation, access: Access): Statement {
  const seen = access.eventSql(compilation, 'e');
  const isIt = sql<boolean>`${sql.ref('e.id')} = ${slot<string>('id')}`;
  return point(compilation, seen ? sql<boolean>`${isIt} and ${seen}` : isIt);
}

function point(compilation: Compilation, where: RawBuilder<boolean>): Statement {
  const inner = compilation.dialect.builder
    .selectFrom('events as e')
    .where(where)
    .select(pointText('e.sequence', 'e.log_time').as('point'))
    // Log time never runs backwards, so this is the order of sequences too.
    .orderBy('e.log_time', 'desc')
    .orderBy('e.sequence', 'desc')
    .limit(sql.lit(1));
  return statement(compilation, sql<string | null>`${inner}`);
}

const pointText = (sequence: string, logTime: string): RawBuilder<string> =>
  sql<string>`'[' || ${sql.ref(sequence)} || ',' || ${sql.ref(logTime)} || ']'`;
