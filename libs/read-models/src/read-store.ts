/** What a statement's parameter stands for: a name of `Query.named`, or an index into `Query.values`. */
export type SlotName = string | number;

/**
 * How a parameter's value is bound: as it is; or out of a JSON text, as a list of texts or of numbers, or as the keys or the
 * values (numbers) of an object. An engine that reads JSON in SQL binds the text.
 */
export type Form = 'plain' | 'texts' | 'numbers' | 'keys' | 'values';

/**
 * A compiled statement. It answers exactly one row of two columns, from one moment of the store: the sequence the store
 * stands at, and the rows asked for, as JSON arrays parted by commas (null if there are none).
 */
export interface Statement {
  sql: string;
  /** Per parameter, in order. */
  slots: readonly SlotName[];
  /** Per parameter, how its value is to be taken. */
  forms: readonly Form[];
}

/** A statement with what its parameters stand for. */
export interface Query {
  statement: Statement;
  named: Readonly<Record<string, unknown>>;
  values: readonly unknown[];
}

export interface Answer {
  /** The store's checkpoint in the very moment that the rows are from. */
  sequence: number;
  rows: unknown[][];
  /** Of the rows' text. */
  characters: number;
}

/**
 * `short`: an indexed read, some tens of rows. `long`: anything else; it has a time limit and holds nobody up. `search`: a long
 * one over the index of texts, which is brought up to the store before, within the time limit.
 */
export type Effort = 'short' | 'long' | 'search';

/** What reads need of an engine. */
export interface ReadStore {
  /**
   * Refuses with LIMIT_EXCEEDED a long query that takes too long, with OVERLOADED one too many, and with UNAVAILABLE a search
   * while the index is being made.
   */
  run(query: Query, effort: Effort): Promise<Answer>;
}

/** A query's parameters in their order. */
export const parametersOf = ({ statement, named, values }: Query): unknown[] =>
  statement.slots.map((slot) => (typeof slot === 'number' ? values[slot] : named[slot]));

/** Rows out of a statement's second column. */
export const rowsOf = (text: string | null): unknown[][] =>
  text === null ? [] : (JSON.parse(`[${text}]`) as unknown[][]);
