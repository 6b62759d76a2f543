import { type RawBuilder, sql } from 'kysely';
import { type AccessFilter } from '../access-filter.js';
import { type ConditionShape, shapeOf } from '../condition.js';
import { type ProjectionGroup, type ReadModel } from '../read-model.js';
import { type Compilation, slot, valid, versions } from './builder.js';
import { conditionSql, type ValueSlots } from './condition-sql.js';

/** A principal's access filter, taken apart: what goes into a statement's text, and what is bound to it. */
export class Access {
  readonly shape: ConditionShape | null;
  /** To be bound after a statement's own values. */
  readonly values: unknown[] = [];
  readonly named: Record<string, unknown> = {};
  /** Tells filters of different statements apart. */
  readonly signature: string;
  private readonly prefixes: number[];
  /** Those that can be the name of a subject's stream. */
  private readonly subjectPrefixes: number[];

  constructor(filter: AccessFilter, group: ProjectionGroup) {
    this.shape = filter.subjects && shapeOf(filter.subjects, this.values);
    this.prefixes = filter.hiddenStreamPrefixes.map((prefix, n) => {
      this.named[`prefix${n}`] = prefix;
      this.named[`prefixLength${n}`] = [...prefix].length;
      return n;
    });
    const category = `${group.category}-`;
    this.subjectPrefixes = this.prefixes.filter((n) => {
      const prefix = filter.hiddenStreamPrefixes[n];
      return prefix.startsWith(category) || category.startsWith(prefix);
    });
    this.signature = JSON.stringify([this.shape, this.prefixes.length, this.subjectPrefixes]);
  }

  /** Where true, a list in its default order can pass over any number of rows before it finds one. */
  get selective(): boolean {
    return this.shape !== null || this.subjectPrefixes.length > 0;
  }

  /** True for the subjects that may be seen; null if all may. */
  subjectSql(compilation: Compilation, key: RawBuilder<unknown>, values: ValueSlots): RawBuilder<boolean> | null {
    const tests: RawBuilder<boolean>[] = [];
    if (this.shape) {
      const model = subjectModel(compilation.group);
      const condition = conditionSql(this.shape, model, 'seen', compilation.dialect, values);
      tests.push(
        sql<boolean>`exists (select 1 from ${versions(model.name, 'seen')} where ${sql.ref('seen.subject_key')} = ${key} and ${valid('seen', true)} and ${condition})`,
      );
    }
    if (this.subjectPrefixes.length > 0) tests.push(hidden(key, this.subjectPrefixes));
    return tests.length === 0 ? null : sql<boolean>`(${sql.join(tests, sql` and `)})`;
  }

  /** True for the events (of this alias) that may be seen; null if all may. */
  eventSql(compilation: Compilation, alias: string, values: ValueSlots): RawBuilder<boolean> | null {
    const subject = sql.ref(`${alias}.subject_key`);
    const tests: RawBuilder<boolean>[] = [];
    if (this.prefixes.length > 0) tests.push(hidden(sql.ref(`${alias}.stream_key`), this.prefixes));
    const ofSubject = this.shape && this.subjectSql(compilation, subject, values);
    if (ofSubject) tests.push(sql<boolean>`(${subject} is null or ${ofSubject})`);
    return tests.length === 0 ? null : sql<boolean>`(${sql.join(tests, sql` and `)})`;
  }
}

const hidden = (streamKey: RawBuilder<unknown>, prefixes: readonly number[]): RawBuilder<boolean> => {
  const matches = prefixes.map(
    (n) => sql`substr(${sql.ref('s.name')}, 1, ${slot(`prefixLength${n}`)}) = ${slot<string>(`prefix${n}`)}`,
  );
  return sql<boolean>`not exists (select 1 from ${sql.table('streams')} as s where ${sql.ref('s.key')} = ${streamKey} and (${sql.join(matches, sql` or `)}))`;
};

/** The wide row that access is decided by. */
export function subjectModel(group: ProjectionGroup): ReadModel {
  const model = group.models.find(({ level }) => level === 'subject');
  if (!model) throw new Error(`No read model of ${group.category} has the level "subject".`);
  return model;
}
