import { GraphQLScalarType } from 'graphql';
import { InvalidScalar } from './invalid-scalar.js';

/** A place in the log: a whole number from 0 to 2^53-1. In variables also as text of decimals, as feeds' `after` has it. */
export const Sequence = new GraphQLScalarType<number, number>({
  name: 'Sequence',
  description:
    "An event's place in the log, counted from 1 without gaps: a whole number up to 9007199254740991 (2^53-1). " +
    'Inputs also take it as a string of decimals; 0 stands before the first event.',
  parseValue: (value) => parseSequence(value),
  serialize: (value) => parseSequence(value),
});

/** A place in the log from a number or decimals. Throws `InvalidScalar` for anything else. */
export function parseSequence(value: unknown): number {
  const number = typeof value === 'string' && /^(0|[1-9]\d{0,15})$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number;
  throw new InvalidScalar('must be a whole number from 0 to 9007199254740991 (Sequence).');
}

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(Z|[+-](\d\d):(\d\d))$/;

/** A moment as RFC 3339 text, kept as given: it is stored and served as the same string. */
export const Instant = new GraphQLScalarType<string, string>({
  name: 'Instant',
  description:
    'A moment as RFC 3339 text with its offset from UTC: 2025-03-01T09:30:00Z, 2025-03-01T10:30:00.250+01:00. ' +
    'Stored and served as given.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  parseValue: (value) => parseInstant(value),
  serialize: (value) => {
    if (typeof value !== 'string') throw new TypeError('An Instant is kept as text.');
    return value;
  },
});

/** The text itself if it names a moment that exists (no 30 February, no leap second); throws `InvalidScalar` otherwise. */
export function parseInstant(value: unknown): string {
  const match = typeof value === 'string' ? INSTANT.exec(value) : null;
  if (!match) throw new InvalidScalar('must be RFC 3339 text with an offset, like 2025-03-01T09:30:00Z (Instant).');
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [number, ...number[]];
  const daysInMonth = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth;
  if (!exists || hour > 23 || minute > 59 || second > 59 || Number(match[9] ?? 0) > 23 || Number(match[10] ?? 0) > 59) {
    throw new InvalidScalar(
      'must be a moment that exists: day, time and offset in their ranges (Instant).',
      'OUT_OF_RANGE',
    );
  }
  return match[0];
}

/** Any JSON value. */
export const Json = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
});

/** A JSON object. */
export const JsonObject = new GraphQLScalarType<Record<string, unknown>, Record<string, unknown>>({
  name: 'JSONObject',
  description: 'A JSON object: names and any JSON values.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
  parseValue: (value) => requireObject(value),
  serialize: (value) => requireObject(value),
});

function requireObject(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new InvalidScalar('must be a JSON object (JSONObject).');
}
