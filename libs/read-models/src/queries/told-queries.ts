import { type RawBuilder, sql } from 'kysely';
import { THE_SUBJECT } from '../access-changes.js';
import { type Statement } from '../read-store.js';
import { type Access, onSubject } from './access-sql.js';
import { type Compilation, inTime, literal, slot, statement } from './builder.js';
import { OPEN, VERSIONS_PER_EVENT } from '../versions.js';

/**
 * Where this principal came to see a subject, or ceased to, after `after` and up to `sequence`:
 * `[sequence, 1 if it came to see it, stream, revision, recorded at]`, in order; with `ofStreams` only of the streams named.
 */
export function toldPlaces(
  compilation: Compilation,
  access: Access,
  edges: readonly Edge[],
  ofStreams = false,
): Statement {
  const { dialect } = compilation;
  const parts = edges.map((edge) =>
    access.filter.marks ? changeUnderMarks(compilation, access, edge) : change(compilation, access, edge),
  );
  const changes = sql`(${sql.join(parts, sql` union all `)})`;
  const named = ofStreams ? sql`and ${dialect.isIn(sql.ref('s.name'), 'streams', 'texts')}` : sql``;
  const inner = sql`(select distinct ${sql.ref('c.sequence')} as sequence, ${sql.ref('c.gained')} as gained, ${sql.ref('s.name')} as name, ${sql.ref('e.revision')} as revision, ${sql.ref('e.recorded_at')} as recorded_at
    from ${changes} as c cross join events as e cross join streams as s
    where ${sql.ref('e.sequence')} = ${sql.ref('c.sequence')} and ${sql.ref('s.key')} = ${sql.ref('c.subject_key')} ${named} order by ${sql.ref('c.sequence')} limit ${slot('limit')}) as i`;
  // The name of a subject's stream is its category and an id: nothing in it needs escaping.
  const text = sql<string>`'[' || ${sql.ref('i.sequence')} || ',' || ${sql.ref('i.gained')} || ',"' || ${sql.ref('i.name')} || '",' || ${sql.ref('i.revision')} || ',' || ${sql.ref('i.recorded_at')} || ']'`;
  return statement(compilation, sql`(select ${dialect.joined(text, sql.ref('i.sequence'))} from ${inner})`);
}

/** `begins`: subjects that the principal came to see; `ends`: those it ceased to. */
export type Edge = 'begins' | 'ends';

/** Grants that begin (or end) while no other one is held: then what may be seen changes. */
function change(compilation: Compilation, access: Access, edge: Edge): RawBuilder<unknown> {
  const { dialect } = compilation;
  const at = sql.ref(`g.${edge}`);
  const [key, other] = [sql.ref('g.subject_key'), { begins: sql.ref('o.begins'), ends: sql.ref('o.ends') }];
  const counted = edge === 'begins' ? later(at, 'g') : sql`${at} <> ${literal(OPEN)}`;
  const held =
    edge === 'begins'
      ? sql`${other.begins} < ${at} and ${other.ends} >= ${at}`
      : sql`${other.begins} <= ${at} and ${other.ends} > ${at}`;
  const told = sql`exists (select 1 from ${dialect.entries('told', 't')} where ${sql.ref('t.key')} = ${sql.ref('g.name')} and ${sql.ref('t.value')} <= ${at})`;
  return sql`select ${at} as sequence, ${literal(edge === 'begins' ? 1 : 0)} as gained, ${key} as subject_key from grants as g
    where ${inTime(compilation, `g.${edge}`)} and ${at} > ${slot('after')} and ${at} <= ${slot('sequence')} and ${counted} and ${told}
    and not exists (select 1 from grants as o where ${sql.ref('o.subject_key')} = ${key} and ${access.namesSql(dialect, sql.ref('o.name'))} and ${held})`;
}

/**
 * The same for whom marks on a subject hold it back: what may be seen changes with them too. Wherever a grant begins or ends or a
 * mark on the subject begins, what was seen before is compared with what is seen from then on.
 */
function changeUnderMarks(compilation: Compilation, access: Access, edge: Edge): RawBuilder<unknown> {
  const { dialect } = compilation;
  const [at, key] = [sql.ref('p.at'), sql.ref('p.subject_key')];
  const told = (since: RawBuilder<unknown>) =>
    sql`exists (select 1 from ${dialect.entries('told', 't')} where ${sql.ref('t.key')} = ${sql.ref('g.name')} and ${sql.ref('t.value')} <= ${since})`;
  const within = (place: string) =>
    sql`${inTime(compilation, place)} and ${sql.ref(place)} > ${slot('after')} and ${sql.ref(place)} <= ${slot('sequence')}`;
  const ofGrants = (place: 'g.begins' | 'g.ends') => {
    const counted = place === 'g.ends' ? sql`${sql.ref(place)} <> ${literal(OPEN)}` : later(sql.ref(place), 'g');
    return sql`select ${sql.ref(place)} as at, ${sql.ref('g.subject_key')} as subject_key from grants as g where ${within(place)} and ${counted} and ${told(sql.ref(place))}`;
  };
  const begins = sql.ref('q.begins');
  const ofMarks = sql`select ${begins} as at, ${sql.ref('q.subject_key')} as subject_key from marks as q where ${within('q.begins')} and ${sql.ref('q.record_id')} = ${sql.lit(THE_SUBJECT)}
    and exists (select 1 from grants as g where ${sql.ref('g.subject_key')} = ${sql.ref('q.subject_key')} and ${sql.ref('g.begins')} <= ${begins} and ${sql.ref('g.ends')} >= ${begins} and ${told(begins)})`;
  const seen = (stands: (alias: string) => RawBuilder<boolean>) => {
    const held = sql`exists (select 1 from grants as o where ${sql.ref('o.subject_key')} = ${key} and ${access.namesSql(dialect, sql.ref('o.name'))} and ${stands('o')})`;
    const heldBack = sql`exists (select 1 from marks as m where ${sql.ref('m.subject_key')} = ${key} and ${onSubject} and ${stands('m')} and ${access.holds(dialect, key, stands('g'))})`;
    return sql`(${held} and not ${heldBack})`;
  };
  const before = seen((one) => sql`(${sql.ref(`${one}.begins`)} < ${at} and ${sql.ref(`${one}.ends`)} >= ${at})`);
  const from = seen((one) => sql`(${sql.ref(`${one}.begins`)} <= ${at} and ${sql.ref(`${one}.ends`)} > ${at})`);
  const changed = edge === 'begins' ? sql`${from} and not ${before}` : sql`${before} and not ${from}`;
  return sql`select ${at} as sequence, ${literal(edge === 'begins' ? 1 : 0)} as gained, ${key} as subject_key
    from (${ofGrants('g.begins')} union ${ofGrants('g.ends')} union ${ofMarks}) as p
    where ${changed}`;
}

/** Not at a subject's first event: that tells of itself. */
const later = (at: RawBuilder<unknown>, alias: string): RawBuilder<boolean> =>
  sql<boolean>`${at} * ${literal(VERSIONS_PER_EVENT)} <> ${sql.ref(`${alias}.subject_key`)}`;
