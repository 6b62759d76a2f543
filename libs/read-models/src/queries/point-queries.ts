import { type RawBuilder, sql } from 'kysely';
import { type Statement } from '../read-store.js';
import { type Access } from './access-sql.js';
import { type Compilation, slot, statement } from './builder.js';

/** Where the store stands: `[sequence, log time]`. */
export const checkpointPoint = (compilation: Compilation): Statement =>
  statement(compilation, pointText('checkpoint.sequence', 'checkpoint.log_time'));

/** The event of this sequence: `[sequence, log time]`. */
export const pointOfSequence = (compilation: Compilation): Statement => point(compilation, ofSequence());

/** When the event of this sequence was recorded: `[log time, its own time]`; its own is earlier where a clock was set back. */
export const timesOfSequence = (compilation: Compilation): Statement =>
  point(compilation, ofSequence(), pointText('e.log_time', 'e.recorded_at'));

/** The last event with this log time (in milliseconds) or an earlier one: `[sequence, log time]`. */
export const pointOfTime = (compilation: Compilation): Statement =>
  point(compilation, sql<boolean>`${sql.ref('e.log_time')} <= ${slot('time')}`);

/** The event of this id, if it may be seen: `[sequence, log time]`. */
export function pointOfEvent(compilation: Compilation, access: Access): Statement {
  const seen = access.eventSql(compilation, 'e');
  const isIt = sql<boolean>`${sql.ref('e.id')} = ${slot<string>('id')}`;
  return point(compilation, seen ? sql<boolean>`${isIt} and ${seen}` : isIt);
}

const ofSequence = () => sql<boolean>`${sql.ref('e.sequence')} = ${slot('sequence')}`;

function point(
  compilation: Compilation,
  where: RawBuilder<boolean>,
  what = pointText('e.sequence', 'e.log_time'),
): Statement {
  const inner = compilation.dialect.builder
    .selectFrom('events as e')
    .where(where)
    .select(what.as('point'))
    // Log time never runs backwards, so this is the order of sequences too.
    .orderBy('e.log_time', 'desc')
    .orderBy('e.sequence', 'desc')
    .limit(sql.lit(1));
  return statement(compilation, sql<string | null>`${inner}`);
}

function pointText(...columns: [string, string]): RawBuilder<string> {
  const [one, other] = columns.map((column) => sql.ref(column));
  return sql<string>`'[' || ${one} || ',' || ${other} || ']'`;
}
