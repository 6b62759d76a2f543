import { type RawBuilder, sql } from 'kysely';
import { type Statement } from '../read-store.js';
import { type Access } from './access-sql.js';
import { type Compilation, inTime, literal, OPEN, slot, statement, VERSIONS_PER_EVENT } from './builder.js';

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
  const parts = edges.map((edge) => change(compilation, access, edge));
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
  const counted =
    edge === 'begins'
      ? // A subject's first event tells of itself.
        sql`${at} * ${literal(VERSIONS_PER_EVENT)} <> ${key}`
      : sql`${at} <> ${literal(OPEN)}`;
  const held =
    edge === 'begins'
      ? sql`${other.begins} < ${at} and ${other.ends} >= ${at}`
      : sql`${other.begins} <= ${at} and ${other.ends} > ${at}`;
  const told = sql`exists (select 1 from ${dialect.entries('told', 't')} where ${sql.ref('t.key')} = ${sql.ref('g.name')} and ${sql.ref('t.value')} <= ${at})`;
  return sql`select ${at} as sequence, ${literal(edge === 'begins' ? 1 : 0)} as gained, ${key} as subject_key from grants as g
    where ${inTime(compilation, `g.${edge}`)} and ${at} > ${slot('after')} and ${at} <= ${slot('sequence')} and ${counted} and ${told}
    and not exists (select 1 from grants as o where ${sql.ref('o.subject_key')} = ${key} and ${access.namesSql(dialect, sql.ref('o.name'))} and ${held})`;
}
