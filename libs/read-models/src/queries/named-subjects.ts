import { type RawBuilder, sql } from 'kysely';
import { type ProjectionGroup, type ReadModel } from '../read-model.js';
import { type Access } from './access-sql.js';
import { type Compilation, slot } from './builder.js';

type Sql<T = unknown> = RawBuilder<T>;

/** The column of a read model with the id of another subject. */
const columnOf = ({ tellsOf, names }: ReadModel): string | undefined => tellsOf ?? names;

const naming = ({ models }: ProjectionGroup): ReadModel[] => models.filter((model) => columnOf(model) !== undefined);

/** The key of the subject whose id is in a column of a row (under the alias). */
export function subjectKey({ group }: Compilation, alias: string, column: string): Sql {
  const named = sql`${sql.lit(`${group.category}-`)} || ${sql.ref(`${alias}.${column}`)}`;
  return sql`(select ${sql.ref('t.key')} from ${sql.table('streams')} as ${sql.ref('t')} where ${sql.ref('t.name')} = ${named})`;
}

/**
 * The ids of other subjects that a subject ever named and that may not be seen, as JSON texts parted by commas; null if there
 * are none. One that could be seen when it was named may be closed by now.
 */
export function hiddenSubjectsSql(
  compilation: Compilation,
  access: Access,
  ofSubject: Sql,
  moment?: Sql,
): Sql<string | null> {
  const ids = naming(compilation.group).flatMap((model) => {
    const column = columnOf(model)!;
    const seen = access.subjectSql(compilation, subjectKey(compilation, 'x', column), moment);
    const id = sql.ref(`x.${column}`);
    return seen
      ? [
          sql`select ${id} as id from ${sql.table(model.name)} as x where ${sql.ref('x.subject_key')} = ${ofSubject} and ${id} is not null and not ${seen}`,
        ]
      : [];
  });
  if (ids.length === 0) return sql<null>`null`;
  const list = compilation.dialect.joined(sql<string>`'"' || ${sql.ref('y.id')} || '"'`);
  return sql<string | null>`(select ${list} from (${sql.join(ids, sql` union `)}) as ${sql.ref('y')})`;
}

/**
 * The same for an event, of a type that can name another subject at all: no other event is asked about. What may be seen is told
 * by the `moment` read at: the last `sequence` that is looked through can be an earlier one.
 */
export function eventHiddenSubjectsSql(
  compilation: Compilation,
  access: Access,
  ofSubject: Sql,
  type: Sql,
): Sql<string | null> {
  const types = naming(compilation.group).flatMap(({ handlers }) => [...handlers.keys()]);
  if (types.length === 0) return sql<null>`null`;
  const named = sql.join([...new Set(types)].map((one) => sql.lit(one)));
  return sql<
    string | null
  >`(case when ${type} in (${named}) then ${hiddenSubjectsSql(compilation, access, ofSubject, slot('moment'))} end)`;
}
