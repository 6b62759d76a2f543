import { startOfDay, type Span } from './calendar.js';
import { checkDay } from './fuzzy-date.js';
import { FuzzyTimeError } from './fuzzy-time-error.js';

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d\d)(?::(\d\d))?)?$/;

/**
 * The milliseconds that a date-time may mean: the whole minute, second or decimal fraction that it names.
 * Null if the text has another form. A minute without seconds goes beyond EDTF: who says 09:10 does not say 09:10:00.
 */
export function parseDateTime(text: string): Span | null {
  const match = DATE_TIME.exec(text);
  if (!match) return null;
  const [, , , , , , second, fraction, sign] = match;
  const [year, month, day, h, m, s, , , oh, om] = match.slice(1).map((part) => Number(part ?? 0)) as number[] & Fields;
  if (!sign && !text.endsWith('Z'))
    throw new FuzzyTimeError('must name the zone of its time of day: Z for UTC, or an offset such as +01:00.');
  checkDay(year, month, day);
  if (second === '60') throw new FuzzyTimeError('must not name a leap second: write the minute without its seconds.');
  if (h > 23 || m > 59 || s > 59 || oh > 23 || om > 59)
    throw new FuzzyTimeError('must be a time of day that exists: hours 00 to 23, minutes and seconds 00 to 59.');
  const offset = (sign === '-' ? -1 : 1) * (oh * 60 + om) * 60_000;
  const fractionMs = Number((fraction ?? '').slice(0, 3).padEnd(3, '0'));
  const earliest = startOfDay(year, month, day) + ((h * 60 + m) * 60 + s) * 1000 + fractionMs - offset;
  const width = second === undefined ? 60_000 : 10 ** (3 - Math.min(fraction?.length ?? 0, 3));
  return { earliest, latest: earliest + width - 1 };
}

type Fields = [number, number, number, number, number, number, unknown, unknown, number, number];
