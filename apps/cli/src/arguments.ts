import { InvalidArgumentError } from 'commander';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const TIME = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/;

/** A past moment, as GraphQL's `AsOf`. */
export type AsOf = { sequence: number } | { eventId: string } | { time: string };

/** `--as-of`: a sequence, the id of an event, or an RFC 3339 time. */
export function asOf(text: string): AsOf {
  if (/^\d{1,16}$/.test(text)) return { sequence: sequence(text) };
  if (UUID.test(text)) return { eventId: text.toLowerCase() };
  if (TIME.test(text) && !Number.isNaN(Date.parse(text))) {
    if (!exists(text)) throw new InvalidArgumentError('Give a time that exists: there is no such day or hour.');
    return { time: new Date(text).toISOString() };
  }
  throw new InvalidArgumentError('Give a sequence (34), the id of an event, or a time (2026-03-07T17:00:00Z).');
}

/** JavaScript takes 30 February for 2 March, and 24:00 for the next day. */
function exists(time: string): boolean {
  const [year, month, day, hour] = time.split(/\D/).map(Number);
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate() && hour < 24;
}

/** The id or the number of a case, as the arguments of GraphQL's `case`. */
export const caseArgument = (text: string): { id: string } | { number: string } =>
  UUID.test(text)
    ? { id: text.toLowerCase() }
    : { number: filled(text, 'the id or the number of a case (CASE-2026-0001)').toUpperCase() };

/** The sequence or the id of an event. */
export const eventArgument = (text: string): { sequence: number } | { id: string } =>
  /^\d+$/.test(text)
    ? { sequence: sequence(text) }
    : { id: filled(text, 'the id or the sequence of an event').toLowerCase() };

/** The correlation id of an undertaking. */
export const correlationArgument = (text: string): string => filled(text, 'a correlation id');

/** The path of a file or a folder: an empty one would be taken for the folder that the command runs in. */
export const pathArgument = (text: string): string => filled(text, 'the path of a file or a folder');

/** A script's variable that is not set comes as an empty text. */
function filled(text: string, what: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError(`It is empty: give ${what}.`);
}

/** The id of a record. */
export function recordId(text: string): string {
  if (UUID.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('Give the id of a record, a UUID.');
}

/** A place in the log. */
export function sequence(text: string): number {
  const value = Number(text);
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError('Give a sequence: a whole number, 0 or more.');
}

/** How many of something. */
export function count(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number, 0 or more.');
}

/** The id of a key, without what comes before it and its secret. */
export function keyId(text: string): string {
  if (/^[0-9a-f]{16}$/.test(text)) return text;
  throw new InvalidArgumentError('Give the 16 characters after clk_, of 0-9 and a-f.');
}

/** An option that may be given again, one of these each time. */
export function againOf(allowed: readonly string[]): typeof again {
  return (value, before) => {
    if (allowed.includes(value)) return again(value, before);
    throw new InvalidArgumentError(`Allowed choices are ${allowed.join(', ')}.`);
  };
}

/** An option that may be given again. */
const again = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];
