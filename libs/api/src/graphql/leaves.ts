import { type GraphQLEnumType, type GraphQLScalarType } from 'graphql';
import { InvalidScalar } from '../invalid-scalar.js';
import { BareName } from './template.js';

/** What is wrong with a value; the message continues the sentence that the value's path begins. */
export interface Fault {
  code: string;
  message: string;
}

type Parsed = { value: unknown } | Fault;

/** Input types may refer to themselves (filters); deeper than this nobody writes by hand. */
export const MOST_LEVELS = 64;

export const TOO_DEEP: Fault = { code: 'TOO_DEEP', message: `is nested deeper than ${MOST_LEVELS} levels.` };

const wrongType = (message: string): Fault => ({ code: 'WRONG_TYPE', message });

/** An enum's value by its name: a bare name in a document, a string in a variable. */
export function parseEnum(value: unknown, type: GraphQLEnumType, inVariable: boolean): Parsed {
  const name = value instanceof BareName ? value.name : inVariable ? value : undefined;
  const known = typeof name === 'string' ? type.getValue(name) : undefined;
  if (known) return { value: known.value };
  const names = type.getValues().map((value) => value.name);
  return { code: 'NOT_ALLOWED', message: `must be one of ${names.join(', ')} (${type.name}).` };
}

/** GraphQL's own scalars. */
export const SPECIFIED: ReadonlySet<string> = new Set(['Int', 'Float', 'String', 'Boolean', 'ID']);

/** A raw value by the rules of one of `SPECIFIED`, named by `type`. Numbers are taken for an ID where they are exact; nothing else is converted. */
export function parseSpecified(value: unknown, type: string): Parsed {
  switch (type) {
    case 'String':
      return typeof value === 'string' ? { value } : wrongType('must be a string (String).');
    case 'ID':
      if (typeof value === 'string') return { value };
      return Number.isSafeInteger(value) ? { value: String(value) } : wrongType('must be a string (ID).');
    case 'Boolean':
      return typeof value === 'boolean' ? { value } : wrongType('must be true or false (Boolean).');
    case 'Float':
      return Number.isFinite(value) ? { value } : wrongType('must be a number (Float).');
    default:
      if (!Number.isInteger(value)) return wrongType('must be a whole number (Int).');
      if (((value as number) | 0) === value) return { value };
      return { code: 'OUT_OF_RANGE', message: 'must be from -2147483648 to 2147483647 (Int).' };
  }
}

/** Our scalars. Only an `InvalidScalar` is quoted: other messages may hold the input. */
export function parseCustom(value: unknown, type: GraphQLScalarType): Parsed {
  try {
    const parsed = type.parseValue(value);
    if (parsed !== undefined) return { value: parsed };
  } catch (error) {
    if (error instanceof InvalidScalar) return { code: error.code, message: error.message };
  }
  return wrongType(`is not a valid ${type.name}.`);
}
