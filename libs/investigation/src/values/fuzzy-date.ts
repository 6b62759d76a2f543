import { daysInMonth, endOfDay, months, type Span, startOfDay } from './calendar.js';
import { FuzzyTimeError } from './fuzzy-time-error.js';

/** YYYY, YYYY-MM, YYYY-MM-DD, with X for unspecified digits where EDTF level 1 allows them; months 21 to 41 are seasons. */
const DATE = /^(\d{2}(?:\d\d|\dX|XX))(?:-(\d\d|XX)(?:-(\d\d|XX))?)?$/;

/** The days, in UTC, that a date or season may mean; null if the text has another form. */
export function parseDate(text: string): Span | null {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (!year) return null;
  if (year.includes('X')) {
    if (month) throw new FuzzyTimeError('must have no month after a year with unspecified digits (201X, 20XX).');
    return {
      ...months(Number(year.replaceAll('X', '0')), 1),
      latest: endOfDay(Number(year.replaceAll('X', '9')), 12, 31),
    };
  }
  const y = Number(year);
  if (!month || month === 'XX') {
    if (day && day !== 'XX') throw new FuzzyTimeError('must have XX for the day where the month is XX.');
    return months(y, 1, 12);
  }
  const m = Number(month);
  if (m > 20) {
    if (day) throw new FuzzyTimeError('must have no day after a season (21 to 41).');
    return season(y, m) ?? noSuchMonth();
  }
  if (m < 1 || m > 12) noSuchMonth();
  if (!day || day === 'XX') return months(y, m);
  checkDay(y, m, Number(day));
  return { earliest: startOfDay(y, m, Number(day)), latest: endOfDay(y, m, Number(day)) };
}

/** @throws FuzzyTimeError if the calendar has no such month or day */
export function checkDay(year: number, month: number, day: number): void {
  if (month < 1 || month > 12) noSuchMonth();
  const last = daysInMonth(year, month);
  if (day < 1 || day > last) throw new FuzzyTimeError(`must be a day that exists: 01 to ${last} in this month.`);
}

function noSuchMonth(): never {
  throw new FuzzyTimeError('must have a month that exists: 01 to 12, or 21 to 41 for seasons (23 is autumn).');
}

/** First and last day (month, day) of the four seasons of the northern hemisphere, spring first; winter ends in the next year. */
const SEASONS = [
  [3, 1, 6, 21],
  [6, 1, 9, 23],
  [9, 1, 12, 21],
  [12, 1, 3, 21],
] as const;

/**
 * ISO 8601-2 divisions of a year, 21 to 41. A season runs from the first day of its first month (as meteorologists
 * count) to the nominal equinox or solstice that ends it (as astronomers do), and belongs to the year it begins in.
 */
function season(year: number, code: number): Span | null {
  if (code <= 32) {
    const southern = code >= 29;
    const [fromMonth, fromDay, toMonth, toDay] = SEASONS[(code - 21 + (southern ? 2 : 0)) % 4];
    const toYear = toMonth < fromMonth ? year + 1 : year;
    return { earliest: startOfDay(year, fromMonth, fromDay), latest: endOfDay(toYear, toMonth, toDay) };
  }
  if (code <= 36) return parts(year, code - 33, 3);
  if (code <= 39) return parts(year, code - 37, 4);
  if (code <= 41) return parts(year, code - 40, 6);
  return null;
}

/** The quarter (3 months), quadrimester (4) or semester (6) with this index, from 0. */
function parts(year: number, index: number, length: number): Span {
  return months(year, index * length + 1, index * length + length);
}
