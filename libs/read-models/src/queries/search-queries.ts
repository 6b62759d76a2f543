import { type RawBuilder, sql } from 'kysely';
import { type ReadModel } from '../read-model.js';
import { type Statement } from '../read-store.js';
import { isSearched, MOST_MODELS } from '../search/text-rank.js';
import { type Access } from './access-sql.js';
import { asArray, type Compilation, inTime, slot, statement, valid, versions } from './builder.js';
import { walledSql } from './guard-sql.js';
import { recordSeen } from './record-queries.js';

/**
 * Rows whose words match, the newest first: `[rank, [v, key, subject key, stream, row, hidden records, [stream, …records with
 * walls]]]`. The index knows every version there was; which of them holds, and may be seen, is looked up for each it finds.
 */
export function searchTexts(compilation: Compilation, access: Access, now: boolean): Statement {
  const { dialect, group } = compilation;
  const { from, rank, match } = dialect.texts;
  const place = sql<number>`(${rank} % ${sql.lit(MOST_MODELS)})`;
  const v = sql<number>`(${rank} / ${sql.lit(MOST_MODELS)})`;
  const cases = group.models.flatMap((model, n) =>
    isSearched(model) ? [sql`when ${sql.lit(n)} then ${versionAt(compilation, access, model, v, now)}`] : [],
  );
  const hit = sql<string | null>`case ${place} ${sql.join(cases, sql` `)} end`;
  const found = sql`select ${rank} as rank, ${hit} as hit from ${from}
    where ${match} and ${rank} < ${slot('ranksBelow')} and ${dialect.isIn(place, 'places', 'numbers')}`;
  const page = sql`select f.rank, f.hit from (${found}) as f where f.hit is not null order by f.rank desc limit ${slot('limit')}`;
  return statement(compilation, sql`(select ${dialect.joined(asArray('i.rank', 'i.hit'))} from (${page}) as i)`);
}

/** The version of a row that begins at `v`, if it holds and may be seen. */
function versionAt(
  compilation: Compilation,
  access: Access,
  model: ReadModel,
  v: RawBuilder<number>,
  now: boolean,
): RawBuilder<string | null> {
  const { dialect } = compilation;
  const subject = sql.ref('r.subject_key');
  const seen = recordSeen(compilation, access, model, now);
  const stream = sql`(select '"' || ${sql.ref('n.name')} || '"' from ${sql.table('streams')} as ${sql.ref('n')} where ${sql.ref('n.key')} = ${subject})`;
  const hidden = sql`coalesce(${access.hiddenRecordsSql(compilation, subject)}, 'null')`;
  const walled = sql`coalesce(${walledSql(dialect, subject)}, 'null')`;
  return sql<string | null>`(${dialect.builder
    .selectFrom(versions(model.name, 'r'))
    .where(inTime(compilation, 'r.v'))
    .where('r.v', '=', v)
    .where(valid('r', now))
    .$if(seen !== null, (query) => query.where(seen!))
    .select(asArray('r.v', 'r.key', 'r.subject_key', stream, 'r.data', hidden, walled).as('version'))})`;
}
