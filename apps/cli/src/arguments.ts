import { InvalidArgumentError } from 'commander';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const TIME = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/;

/** A past moment, as GraphQL's `AsOf`. */
export type AsOf = { sequence: number } | { eventId: string } | { time: string };

/** `--as-of`: a sequence, the id of an event, or an RFC 3339 time. */
export function asOf(text: string): AsOf {
  if (/^\d{1,16}$/.test(text)) return { sequence: sequence(text) };
  if (UUID.test(text)) return { eventId: text.toLowerCase() };
  if (TIME.test(text) && !Number.isNaN(Date.parse(text))) return { time: new Date(text).toISOString() };
  throw new InvalidArgumentError('Give a sequence (34), the id of an event, or a time (2026-03-07T17:00:00Z).');
}

/** The id or the number of a case, as the arguments of GraphQL's `case`. */
export const caseArgument = (text: string): { id: string } | { number: string } =>
  UUID.test(text) ? { id: text.toLowerCase() } : { number: text };

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

/** An option that may be given again. */
export const again = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];
