/** A stretch of time in milliseconds since 1970-01-01 UTC, both ends inclusive. */
export interface Span {
  earliest: number;
  latest: number;
}

/** The first and the last millisecond that an RFC 3339 instant can name (years 0000 to 9999). */
export const FIRST_INSTANT = Date.parse('0000-01-01T00:00:00.000Z');
export const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z');

const DAY = 86_400_000;

/** The first millisecond of a day, UTC, in the proleptic Gregorian calendar. Months are 1 to 12. */
export function startOfDay(year: number, month: number, day: number): number {
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

/** The last millisecond of a day, UTC. */
export function endOfDay(year: number, month: number, day: number): number {
  return startOfDay(year, month, day) + DAY - 1;
}

/** 28 to 31; the day before the first of the next month. */
export function daysInMonth(year: number, month: number): number {
  return new Date(startOfDay(year, month + 1, 1) - DAY).getUTCDate();
}

/** Whole months, from the first day of one to the last day of another; `lastMonth` above 12 reaches into the next year. */
export function months(year: number, firstMonth: number, lastMonth = firstMonth): Span {
  return { earliest: startOfDay(year, firstMonth, 1), latest: startOfDay(year, lastMonth + 1, 1) - 1 };
}

/** RFC 3339 in UTC with milliseconds. */
export function toInstant(ms: number): string {
  return new Date(ms).toISOString();
}
