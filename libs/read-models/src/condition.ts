import { storable } from './storable.js';

/** A value to compare a column with. Text is compared by code point: fold both sides where that should not matter. */
export type Value = string | number | boolean | null;

/**
 * A filter over a read model's declared columns and `id`.
 *
 * It is two-valued, unlike SQL: every test is true or false also where the column is null, so `not` turns exactly one
 * into the other. A null column equals null (`eq null`, `in [null]`), differs from every value (`ne`), and is neither
 * less nor greater than any. An empty `and` is true, an empty `or` and an empty `in` are false.
 */
export type Condition =
  | { and: readonly Condition[] }
  | { or: readonly Condition[] }
  | { not: Condition }
  | { column: string; op: 'eq' | 'ne'; value: Value }
  | { column: string; op: 'lt' | 'lte' | 'gt' | 'gte'; value: string | number | boolean }
  | { column: string; op: 'in'; value: readonly Value[] }
  /** Of texts alone: the column's holds the other, code point for code point. */
  | { column: string; op: 'contains'; value: string }
  | { column: string; op: 'isNull'; value: boolean };

export type Test = 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte' | 'in' | 'contains' | 'null';

/** A condition without its values: conditions of one shape share one compiled statement. */
export type ConditionShape =
  ['and' | 'or', readonly ConditionShape[]] | ['not', ConditionShape] | ['test', Test, string];

/** Takes a condition apart into its shape and, in the order of the shape's tests, their values. */
export function shapeOf(condition: Condition, values: unknown[]): ConditionShape {
  if ('and' in condition) return ['and', condition.and.map((part) => shapeOf(part, values))];
  if ('or' in condition) return ['or', condition.or.map((part) => shapeOf(part, values))];
  if ('not' in condition) return ['not', shapeOf(condition.not, values)];
  const { column, op, value } = condition;
  if (op === 'isNull') return value ? ['test', 'null', column] : ['not', ['test', 'null', column]];
  if (op === 'in') return shapeOfList(column, value, values);
  if (value === null) {
    if (op === 'eq') return ['test', 'null', column];
    if (op === 'ne') return ['not', ['test', 'null', column]];
    throw new TypeError(`Nothing is ${String(op)} null: the filter on ${column} needs a value.`);
  }
  values.push(sqlValue(value));
  return ['test', op, column];
}

/** The shape of a condition, null without one, and its values. */
export function takenApart(condition: Condition | undefined): [shape: ConditionShape | null, values: unknown[]] {
  const values: unknown[] = [];
  return [condition ? shapeOf(condition, values) : null, values];
}

function shapeOfList(column: string, list: readonly Value[], values: unknown[]): ConditionShape {
  // One parameter whatever the length: the statement stays the same.
  values.push(JSON.stringify(list.filter((value) => value !== null).map(sqlValue)));
  const test: ConditionShape = ['test', 'in', column];
  return list.includes(null) ? ['or', [test, ['test', 'null', column]]] : test;
}

const sqlValue = (value: Value): Value => {
  if (typeof value === 'string') return storable(value);
  return typeof value === 'boolean' ? Number(value) : value;
};
