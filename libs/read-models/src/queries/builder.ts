import { type AliasedRawBuilder, type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely';
import { type ProjectionGroup } from '../read-model.js';
import { OPEN, VERSIONS_PER_EVENT } from '../versions.js';
import { type Effort, type Form, type SlotName, type Statement } from '../read-store.js';

export interface VersionTable {
  v: number;
  valid_to: number;
  key: number;
  subject_key: number;
  id: string;
  data: string;
}

export interface HeadTable {
  v: number;
  valid_to: number;
  key: number;
  revision: number;
}

/** The tables every store has; those of read models and the head are named by the group. */
export interface Tables {
  checkpoint: { sequence: number; log_time: number };
  streams: { key: number; name: string };
  events: {
    sequence: number;
    position: string;
    id: string;
    stream_key: number;
    subject_key: number | null;
    record_ids: string | null;
    revision: number;
    type: string;
    recorded_at: number;
    log_time: number;
  };
  grants: { subject_key: number; name: string; begins: number; ends: number; reads_from: number };
  walls: { subject_key: number; record_id: string; wall: string; kind: string; names: string };
  parts: { subject_key: number; record_id: string; owner_id: string; direct: number };
  marks: {
    subject_key: number;
    record_id: string;
    originator: string;
    level: string;
    recipients: string;
    begins: number;
    ends: number;
    shown: string;
  };
}

export type Builder = Kysely<Tables>;

/** Where engines word things differently. */
export interface Dialect {
  builder: Builder;
  /** The texts of all rows, parted by commas, in this order (a sorter more) or in none; null of no rows. */
  joined(text: RawBuilder<string>, order?: RawBuilder<unknown>): RawBuilder<string | null>;
  /** The numbers of a JSON array given as one parameter, as rows of one column `value`. */
  each<A extends string>(list: SlotName, alias: A): AliasedRawBuilder<{ value: number }, A>;
  /** A JSON object of numbers given as one parameter, as rows of two columns, `key` and `value`. */
  entries<A extends string>(object: SlotName, alias: A): AliasedRawBuilder<{ key: string; value: number }, A>;
  /** True if the value is in a JSON array given as one parameter. */
  isIn: (value: RawBuilder<unknown>, list: SlotName, of: 'texts' | 'numbers') => RawBuilder<boolean>;
  /** True if one of the texts of a column that holds a list is in a JSON array given as one parameter. */
  holdsAny(column: RawBuilder<unknown>, list: SlotName): RawBuilder<boolean>;
  /** True if a text holds another. */
  contains(text: RawBuilder<unknown>, part: RawBuilder<unknown>): RawBuilder<boolean>;
  /**
   * True as long as a long statement may go on, asked at some of the events it passes: by a number that grows by `perEvent` with
   * each. Null where the engine itself ends one.
   */
  inTime: ((place: RawBuilder<unknown>, perEvent: number) => RawBuilder<boolean>) | null;
  /** The index of texts, under the alias `d`: its table, the rank of a version in it, and what holds for the words looked for. */
  texts: { from: RawBuilder<unknown>; rank: RawBuilder<number>; match: RawBuilder<boolean> };
  /** The head's current versions, in a way that its partial index is used. */
  currentHead<A extends string>(table: string, alias: A): AliasedRawBuilder<HeadTable, A>;
}

/** What all statements of one store are compiled for. */
export interface Compilation {
  dialect: Dialect;
  group: ProjectionGroup;
  /** Statements for long queries can be ended. */
  effort: Effort;
}

/** The first condition of a statement that may run long, on the `v`, or the sequence, of what it walks through; true for others. */
export const inTime = ({ dialect, effort }: Compilation, place: string): RawBuilder<boolean> =>
  effort !== 'short' && dialect.inTime
    ? dialect.inTime(sql.ref(place), place.endsWith('.v') ? VERSIONS_PER_EVENT : 1)
    : sql<boolean>`1 = 1`;

class Slot {
  constructor(
    readonly name: SlotName,
    readonly form: Form,
  ) {}
}

/** A parameter that is bound by name, or to a value by its index, each time the statement is run. */
export const slot = <T = number>(name: SlotName, form: Form = 'plain'): RawBuilder<T> =>
  sql<T>`${new Slot(name, form)}`;

export const literal = (value: number): RawBuilder<number> => sql<number>`${sql.lit(value)}`;

/** A read model's table under an alias. */
export const versions = <A extends string>(table: string, alias: A): AliasedRawBuilder<VersionTable, A> =>
  sql<VersionTable>`${sql.table(table)}`.as(alias);

export const heads = <A extends string>(table: string, alias: A): AliasedRawBuilder<HeadTable, A> =>
  sql<HeadTable>`${sql.table(table)}`.as(alias);

/** The version that is current: now, or (below `bound`) as of a past moment. */
export const valid = (alias: string, now: boolean): RawBuilder<boolean> =>
  now
    ? sql<boolean>`${sql.ref(`${alias}.valid_to`)} = ${sql.lit(OPEN)}`
    : sql<boolean>`(${sql.ref(`${alias}.v`)} < ${slot('bound')} and ${sql.ref(`${alias}.valid_to`)} >= ${slot('bound')})`;

/** `[a,b,{…}]`, where each part is a number or JSON text. */
export const asArray = (...parts: (string | RawBuilder<unknown>)[]): RawBuilder<string> =>
  sql<string>`'[' || ${sql.join(
    parts.map((part) => (typeof part === 'string' ? sql.ref(part) : part)),
    sql` || ',' || `,
  )} || ']'`;

/** The one row that a statement answers: see `Statement`. */
export function statement(compilation: Compilation, rows: RawBuilder<string | null>): Statement {
  const { builder } = compilation.dialect;
  const query = builder.selectFrom('checkpoint').select(['checkpoint.sequence', rows.as('rows')]);
  return slotted(query.compile());
}

const slotted = ({ sql, parameters }: CompiledQuery): Statement => ({
  sql,
  slots: parameters.map((parameter) => (parameter as Slot).name),
  forms: parameters.map((parameter) => (parameter as Slot).form),
});
