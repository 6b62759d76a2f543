import { type RawBuilder, sql } from 'kysely';
import { type ConditionShape, type Test } from '../condition.js';
import { type ReadModel } from '../read-model.js';
import { type SlotName } from '../read-store.js';
import { type Dialect, slot } from './builder.js';

const OPERATORS: Readonly<Record<Exclude<Test, 'in' | 'contains' | 'null'>, string>> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
};

/** Numbers the values of conditions in the order of their tests, over all conditions of one statement. */
export class ValueSlots {
  private taken = 0;

  next(): SlotName {
    return this.taken++;
  }
}

/** A condition as SQL over the table `alias`; each test is true or false, never unknown. */
export function conditionSql(
  shape: ConditionShape,
  model: ReadModel,
  alias: string,
  dialect: Dialect,
  values: ValueSlots,
): RawBuilder<boolean> {
  const compile = (part: ConditionShape) => conditionSql(part, model, alias, dialect, values);
  switch (shape[0]) {
    case 'and':
      return sql<boolean>`(${joined(shape[1].map(compile), ' and ', '1 = 1')})`;
    case 'or':
      return sql<boolean>`(${joined(shape[1].map(compile), ' or ', '1 = 0')})`;
    case 'not':
      return sql<boolean>`(not ${compile(shape[1])})`;
    case 'test': {
      const [, test, column] = shape;
      const list = column === 'id' || model.columns[column]?.type === 'text' ? 'texts' : 'numbers';
      return testSql(test, sql.ref(`${alias}.${columnOf(model, column)}`), list, dialect, () => values.next());
    }
  }
}

function testSql(
  test: Test,
  column: RawBuilder<unknown>,
  list: 'texts' | 'numbers',
  dialect: Dialect,
  next: () => SlotName,
): RawBuilder<boolean> {
  if (test === 'null') return sql<boolean>`(${column} is null)`;
  const value = next();
  if (test === 'in') return sql<boolean>`(${dialect.isIn(column, value, list)} and ${column} is not null)`;
  if (test === 'contains')
    return sql<boolean>`(${dialect.contains(column, slot<string>(value))} and ${column} is not null)`;
  const compared = sql`${column} ${sql.raw(OPERATORS[test])} ${slot<unknown>(value)}`;
  return test === 'ne'
    ? sql<boolean>`(${compared} or ${column} is null)`
    : sql<boolean>`(${compared} and ${column} is not null)`;
}

/** In halves of halves: one behind the other, they would count as nested so deep, and SQLite takes no more than a thousand levels. */
function joined(parts: readonly RawBuilder<boolean>[], between: ' and ' | ' or ', none: string): RawBuilder<unknown> {
  if (parts.length === 0) return sql.raw(none);
  if (parts.length <= 2) return sql.join(parts, sql.raw(between));
  const half = parts.length >> 1;
  const [left, right] = [parts.slice(0, half), parts.slice(half)].map((some) => joined(some, between, none));
  return sql`(${left})${sql.raw(between)}(${right})`;
}

/** Only what is declared can be asked for: the name goes into the statement. */
export function columnOf(model: ReadModel, column: string): string {
  if (column === 'id' || Object.hasOwn(model.columns, column)) return column;
  throw new TypeError(`${model.name} has no column ${column}; it declares ${Object.keys(model.columns).join(', ')}.`);
}
