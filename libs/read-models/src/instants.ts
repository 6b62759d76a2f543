/**
 * A moment as times are kept in columns, in UTC with milliseconds, so that its text compares with theirs as it does. An offset may
 * lead out of the years that they have, 0000 to 9999, whose texts no longer compare: then the first or the last moment that there is.
 */
export function comparable(instant: string): string {
  const text = new Date(instant).toISOString();
  if (text.startsWith('+')) return '9999-12-31T23:59:59.999Z';
  return text.startsWith('-') ? '0000-01-01T00:00:00.000Z' : text;
}

/** Digits beyond a millisecond. */
const BEYOND = /\.\d{3}\d*[1-9]/;

/** The same for what comes before a moment: times in columns end at the millisecond, so that the next one stands for a part of it. */
export const comparableEnd = (instant: string): string =>
  comparable(BEYOND.test(instant) ? new Date(Date.parse(instant) + 1).toISOString() : instant);
