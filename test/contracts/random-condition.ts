import fc from 'fast-check';
import { type Condition } from '#read-models/condition.js';

type Values<C extends string> = Readonly<Record<C, fc.Arbitrary<string | number | boolean>>>;

/** One of these columns. */
export const columnOf = <C extends string>(values: Values<C>): fc.Arbitrary<C> =>
  fc.constantFrom(...(Object.keys(values) as C[]));

/** A test of one of these columns against values of its own, and null. */
export const testOf = <C extends string>(values: Values<C>): fc.Arbitrary<Condition> =>
  columnOf(values).chain((name) => {
    const value = values[name];
    const column = fc.constant(name);
    return fc.oneof(
      fc.record({ column, op: fc.constantFrom('eq', 'ne'), value: fc.option(value) }),
      fc.record({ column, op: fc.constantFrom('lt', 'lte', 'gt', 'gte'), value }),
      fc.record({ column, op: fc.constant('in'), value: fc.array(fc.option(value), { maxLength: 3 }) }),
      fc.record({ column, op: fc.constant('isNull'), value: fc.boolean() }),
    );
  });
