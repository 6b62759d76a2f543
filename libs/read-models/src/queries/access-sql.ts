import { type RawBuilder, sql } from 'kysely';
import { THE_SUBJECT } from '../access-changes.js';
import { type AccessFilter, ANYBODY } from '../access-filter.js';
import { type ProjectionGroup } from '../read-model.js';
import { type Knower, knowerNamed } from './knower.js';
import { type Compilation, type Dialect, literal, slot } from './builder.js';
import { guardedIds, onRecord, onRecords } from './parts-sql.js';
import { OPEN, VERSIONS_PER_EVENT } from '../versions.js';

type Sql<T = unknown> = RawBuilder<T>;

/** A principal's access filter, taken apart: what goes into a statement's text, and what is bound to it. */
export class Access {
  /** Taking a filter apart costs as much as a short read: it is done once for each. */
  private static readonly known = new WeakMap<AccessFilter, Access>();

  readonly named: Record<string, unknown> = {};
  /** Tells filters of different statements apart. */
  readonly signature: string;
  private readonly prefixes: number[];
  /** Those that can be the name of a subject's stream. */
  private readonly subjectPrefixes: number[];

  constructor(
    readonly filter: AccessFilter,
    private readonly group: ProjectionGroup,
    /** Whose knowledge lets records through, beside the filter. */
    readonly knower?: Knower,
  ) {
    if (knower) Object.assign(this.named, knowerNamed(knower));
    const { subjects, walls, marks, told, hiddenStreamPrefixes } = filter;
    if (told) {
      const names = told.holders.map(({ name, since }) => [name, since]);
      const anybody = told.anybody === null ? [] : [[ANYBODY, told.anybody]];
      this.named.told = JSON.stringify(Object.fromEntries([...names, ...anybody]));
    }
    if (subjects) this.named.holders = JSON.stringify(subjects.holders);
    if (walls) {
      this.named.passingNames = JSON.stringify(walls.names);
      this.named.passedByName = JSON.stringify(walls.byName);
      this.named.passedAsMember = JSON.stringify(walls.asMember);
    }
    for (const [name, list] of Object.entries(marks ?? {})) this.named[`marks.${name}`] = JSON.stringify(list);
    this.prefixes = hiddenStreamPrefixes.map((prefix, n) => {
      this.named[`prefix${n}`] = prefix;
      this.named[`prefixLength${n}`] = [...prefix].length;
      return n;
    });
    const category = `${group.category}-`;
    this.subjectPrefixes = this.prefixes.filter((n) => {
      const prefix = hiddenStreamPrefixes[n];
      return prefix.startsWith(category) || category.startsWith(prefix);
    });
    this.signature = JSON.stringify([
      subjects && [subjects.anybody, subjects.holders.length > 0, subjects.fromGrant],
      walls && walls.asMember.length > 0,
      marks !== null,
      this.prefixes.length,
      this.subjectPrefixes,
      ...(knower ? [knower.model.name, knower.party === null] : []),
    ]);
  }

  /** That of a filter, which must not be changed from here on. */
  static of(filter: AccessFilter, group: ProjectionGroup): Access {
    const known = Access.known.get(filter);
    if (known?.group === group) return known;
    const access = new Access(filter, group);
    Access.known.set(filter, access);
    return access;
  }

  /** Through the same filter, only what somebody knew. */
  knowing(knower: Knower): Access {
    return new Access(this.filter, this.group, knower);
  }

  /** What is bound beside the filter's own: put on top of it, as copying all of it cost a short read a third of its time. */
  withNamed(named: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    return Object.assign(Object.create(this.named) as Record<string, unknown>, named);
  }

  /** Where true, lists and the feed can pass over any number of rows before they find one. */
  get selective(): boolean {
    return this.filter.subjects !== null || this.subjectPrefixes.length > 0 || this.knower !== undefined;
  }

  /** True for the subjects that may be seen at the moment read at, `sequence` unless given; null if all may. */
  subjectSql({ dialect }: Compilation, key: Sql, moment: Sql = slot('sequence')): Sql<boolean> | null {
    const tests: Sql<boolean>[] = [];
    if (this.filter.subjects) tests.push(this.openedSql(dialect, key, moment));
    if (this.filter.marks) {
      const marks = sql`${sql.table('marks')} as ${sql.ref('m')} where ${sql.ref('m.subject_key')} = ${key}`;
      tests.push(none(marks, sql`${current('m')} and ${onSubject} and ${this.holds(dialect, key)}`));
    }
    if (this.subjectPrefixes.length > 0) tests.push(hidden(key, this.subjectPrefixes));
    return all(tests);
  }

  /** True for the subjects that a grant opens as they were at this sequence. */
  private openedSql(dialect: Dialect, key: Sql, sequence: Sql): Sql<boolean> {
    const { anybody, holders, fromGrant } = this.filter.subjects!;
    const opens = (name: Sql<boolean>): Sql<boolean> =>
      granted(key, fromGrant ? sql<boolean>`${name} and ${sql.ref('g.reads_from')} <= ${sequence}` : name);
    // Most subjects are open to anybody: asked first, and without a list of names.
    const opened = [
      ...(anybody ? [opens(sql<boolean>`${sql.ref('g.name')} = ${sql.lit(ANYBODY)}`)] : []),
      ...(holders.length > 0 ? [opens(dialect.isIn(sql.ref('g.name'), 'holders', 'texts'))] : []),
    ];
    return opened.length > 0 ? sql<boolean>`(${sql.join(opened, sql` or `)})` : sql<boolean>`1 = 0`;
  }

  /** True for the versions of a subject's rows that stood at a moment from which on a grant opens it; null where any may be seen. */
  stoodSql({ dialect }: Compilation, key: Sql, validTo: Sql): Sql<boolean> | null {
    if (!this.filter.subjects?.fromGrant) return null;
    return this.openedSql(dialect, key, sql`(${validTo} / ${sql.lit(VERSIONS_PER_EVENT)} - 1)`);
  }

  /** True for the names of grants that open subjects to this principal. */
  namesSql(dialect: Dialect, name: Sql): Sql<boolean> {
    const { anybody, holders } = this.filter.subjects ?? { anybody: true, holders: [] };
    const tests = [
      ...(anybody ? [sql<boolean>`${name} = ${sql.lit(ANYBODY)}`] : []),
      ...(holders.length > 0 ? [dialect.isIn(name, 'holders', 'texts')] : []),
    ];
    return tests.length > 0 ? sql<boolean>`(${sql.join(tests, sql` or `)})` : sql<boolean>`1 = 0`;
  }

  /** True for the records (of a subject that may be seen) that may be seen; null if all may. */
  recordSql({ dialect }: Compilation, subjectKey: Sql, recordId: Sql): Sql<boolean> | null {
    const tests: Sql<boolean>[] = [];
    if (this.filter.walls) {
      const stops = this.stops(dialect, subjectKey);
      tests.push(...onRecord('walls', 'w', subjectKey, recordId).map((walls) => none(walls, stops)));
    }
    if (this.filter.marks) {
      const stands = sql<boolean>`${current('m')} and ${this.holds(dialect, subjectKey)}`;
      tests.push(...onRecord('marks', 'm', subjectKey, recordId).map((marks) => none(marks, stands)));
    }
    return all(tests);
  }

  /** The records of a subject that may not be seen, as a JSON array; null if there are none. */
  hiddenRecordsSql({ dialect }: Compilation, subjectKey: Sql): Sql<string | null> {
    if (!this.filter.walls) return sql<null>`null`;
    const guarded = (guard: 'walls' | 'marks', alias: string, as: Sql) =>
      onRecords(guard, alias, subjectKey).map(({ from, id }) => ({ id, from: sql`${from} and ${as}` }));
    const tables = this.filter.marks ? (['walls', 'marks'] as const) : (['walls'] as const);
    const ids = guardedIds(dialect, subjectKey, tables, [
      ...guarded('walls', 'w', this.stops(dialect, subjectKey)),
      ...(this.filter.marks
        ? guarded('marks', 'm', sql`${current('m')} and not ${onSubject} and ${this.holds(dialect, subjectKey)}`)
        : []),
    ]);
    return sql<string | null>`('[' || ${ids} || ']')`;
  }

  /** True for the events (of this alias) that may be seen; null if all may. */
  eventSql(compilation: Compilation, alias: string): Sql<boolean> | null {
    const { dialect } = compilation;
    const subject = sql.ref(`${alias}.subject_key`);
    const tests: Sql<boolean>[] = [];
    if (this.prefixes.length > 0) tests.push(hidden(sql.ref(`${alias}.stream_key`), this.prefixes));
    if (this.filter.subjects) {
      const opened = this.openedSql(dialect, subject, sql.ref(`${alias}.sequence`));
      const named = this.subjectPrefixes.length > 0 ? [opened, hidden(subject, this.subjectPrefixes)] : [opened];
      tests.push(sql<boolean>`(${subject} is null or (${sql.join(named, sql` and `)}))`);
    }
    if (this.filter.walls) {
      // An event can concern several records: each of them must be open.
      const records = sql.ref(`${alias}.record_ids`);
      const open = onRecords('walls', 'w', subject).map(({ from, id }) =>
        none(from, sql`${dialect.contains(records, id)} and ${this.stops(dialect, subject)}`),
      );
      tests.push(sql<boolean>`(${records} is null or (${sql.join(open, sql` and `)}))`);
    }
    if (this.filter.marks) {
      const records = sql.ref(`${alias}.record_ids`);
      const received = onRecords('marks', 'm', subject).map(({ from, id }) => {
        const concerned = sql`(${onSubject} or ${dialect.contains(records, id)})`;
        return none(from, sql`${current('m')} and ${concerned} and ${this.holds(dialect, subject)}`);
      });
      tests.push(sql<boolean>`(${subject} is null or (${sql.join(received, sql` and `)}))`);
    }
    return all(tests);
  }

  /** True for a mark (m) that holds what it stands on back from this principal; the community is that of now, or of the grants meant. */
  holds(dialect: Dialect, subjectKey: Sql, standing: Sql<boolean> = current('g')): Sql<boolean> {
    const level = sql.ref('m.level');
    const { isIn } = dialect;
    const names = dialect.holdsAny(sql.ref('m.recipients'), 'marks.names');
    const shares = sql`exists (select 1 from ${sql.table('grants')} as ${sql.ref('g')} where ${sql.ref('g.subject_key')} = ${subjectKey} and ${standing} and ${isIn(sql.ref('g.name'), 'marks.organisations', 'texts')})`;
    const lets = [
      isIn(level, 'marks.open', 'texts'),
      sql`(${isIn(level, 'marks.asRecipient', 'texts')} and ${names})`,
      sql`(${isIn(level, 'marks.asOriginator', 'texts')} and ${isIn(sql.ref('m.originator'), 'marks.organisations', 'texts')})`,
      sql`(${isIn(level, 'marks.asCommunity', 'texts')} and ${shares})`,
    ];
    return sql<boolean>`not (${sql.join(lets, sql` or `)})`;
  }

  /** True for a wall (w) that this principal does not pass. */
  private stops(dialect: Dialect, subjectKey: Sql): Sql<boolean> {
    const kind = sql.ref('w.kind');
    const named = dialect.holdsAny(sql.ref('w.names'), 'passingNames');
    const byName = sql`(${dialect.isIn(kind, 'passedByName', 'texts')} and ${named})`;
    if (this.filter.walls!.asMember.length === 0) return sql<boolean>`not ${byName}`;
    const member = granted(subjectKey, dialect.isIn(sql.ref('g.name'), 'passingNames', 'texts'));
    return sql<boolean>`not (${byName} or (${dialect.isIn(kind, 'passedAsMember', 'texts')} and ${member}))`;
  }
}

/** True for the marks (m) on the whole subject. */
export const onSubject = sql<boolean>`${sql.ref('m.record_id')} = ${sql.lit(THE_SUBJECT)}`;

const current = (alias: string): Sql<boolean> => sql<boolean>`${sql.ref(`${alias}.ends`)} = ${literal(OPEN)}`;

/** True where none of these is as told. */
const none = (from: Sql, as: Sql): Sql<boolean> => sql<boolean>`not exists (select 1 from ${from} and ${as})`;

const granted = (subjectKey: Sql, name: Sql<boolean>): Sql<boolean> =>
  sql<boolean>`exists (select 1 from ${sql.table('grants')} as ${sql.ref('g')} where ${sql.ref('g.subject_key')} = ${subjectKey} and ${current('g')} and ${name})`;

const all = (tests: readonly Sql<boolean>[]): Sql<boolean> | null =>
  tests.length === 0 ? null : sql<boolean>`(${sql.join(tests, sql` and `)})`;

const hidden = (streamKey: Sql, prefixes: readonly number[]): Sql<boolean> => {
  const matches = prefixes.map(
    (n) => sql`substr(${sql.ref('s.name')}, 1, ${slot(`prefixLength${n}`)}) = ${slot<string>(`prefix${n}`)}`,
  );
  return sql<boolean>`not exists (select 1 from ${sql.table('streams')} as s where ${sql.ref('s.key')} = ${streamKey} and (${sql.join(matches, sql` or `)}))`;
};
