import { FIRST_INSTANT, LAST_INSTANT, type Span, toInstant } from './calendar.js';
import { parseDate } from './fuzzy-date.js';
import { parseDateTime } from './fuzzy-date-time.js';
import { FuzzyTimeError } from './fuzzy-time-error.js';

/** The value of a time that its source does not state: recorded as such, never guessed. */
export const NOT_STATED = 'NOT_STATED';

/** Two date-times with fractions, offsets and qualifiers fit into it. */
export const FUZZY_TIME_MAX_LENGTH = 80;

/** So far the same hour of the day may lie from UTC, in milliseconds. */
const ZONES_APART = 14 * 3_600_000;

/**
 * A time as its source stated it, and the bounds of its widest reading: RFC 3339 instants in UTC with milliseconds,
 * both inclusive; null where the time is open or not stated.
 */
export interface FuzzyTimeReading {
  stated: string;
  earliest: string | null;
  latest: string | null;
}

/**
 * Reads an EDTF text (ISO 8601-2: level 1, and the seasons of level 2) or NOT_STATED; docs/fuzzy-time.md has the rules.
 * @throws FuzzyTimeError for any other text, and for a time that cannot be (2025-02-30, an end before its start)
 */
export function parseFuzzyTime(text: string): FuzzyTimeReading {
  if (text === NOT_STATED) return { stated: text, earliest: null, latest: null };
  if (text.length > FUZZY_TIME_MAX_LENGTH)
    throw new FuzzyTimeError(
      `must have at most ${FUZZY_TIME_MAX_LENGTH} characters: put descriptions into a text.`,
      'WRONG_TYPE',
    );
  const { earliest, latest } = text.includes('/') ? parseInterval(text) : parseMoment(text);
  return {
    stated: text,
    earliest: earliest === null ? null : toInstant(earliest),
    latest: latest === null ? null : toInstant(latest),
  };
}

/** The same where a text is given; undefined where none is. */
export const timeIf = (text: string | undefined): FuzzyTimeReading | undefined =>
  text === undefined ? undefined : parseFuzzyTime(text);

/** Whether a time, as widely as it may be read, ends more than so many milliseconds before another begins. */
export function endsBefore(one: string, other: string, apart = 0): boolean {
  const { latest } = parseFuzzyTime(one);
  const { earliest } = parseFuzzyTime(other);
  return latest !== null && earliest !== null && Date.parse(earliest) - Date.parse(latest) > apart;
}

/**
 * Whether a time ends before another begins, whatever they may mean: what is uncertain or approximate may be off by anything,
 * and days that are compared with times of day may be those of any zone.
 */
export function isSurelyBefore(one: string, other: string): boolean {
  const apart = one.includes('T') === other.includes('T') ? 0 : ZONES_APART;
  return !/[?~%]/.test(one + other) && endsBefore(one, other, apart);
}

/** `START/END`; an end that is `..` (open) or empty (unknown) has no bound. */
function parseInterval(text: string): { earliest: number | null; latest: number | null } {
  const ends = text.split('/');
  if (ends.length > 2)
    throw new FuzzyTimeError('must be START/END, with one slash, if it is an interval.', 'WRONG_TYPE');
  const [start, end] = ends.map((part) => (part === '..' || part === '' ? null : parseMoment(part)));
  if (!start && !end)
    throw new FuzzyTimeError(`must not be open at both ends, which says nothing: write ${NOT_STATED}.`);
  if (start && end && end.latest < start.earliest)
    throw new FuzzyTimeError('must not end before it starts: write START/END, the earlier time first.');
  return { earliest: start?.earliest ?? null, latest: end?.latest ?? null };
}

/** A date, season or date-time, perhaps qualified: `?` (uncertain), `~` (approximate), `%` (both) do not widen it. */
function parseMoment(text: string): Span {
  const plain = text.replace(/[?~%]$/, '');
  const span = parseDateTime(plain) ?? parseDate(plain);
  if (!span)
    throw new FuzzyTimeError(
      `must be a time in EDTF: a date (2025, 2025-03, 2025-03-07), a season (2024-23 is autumn 2024), a date-time with ` +
        `its zone (2025-03-07T09:10+01:00), unspecified digits (201X, 2004-XX), each perhaps with ?, ~ or % behind it, ` +
        `an interval (2024-09/2024-11, ../2025-01, 2025-01/..) or ${NOT_STATED}.`,
      'WRONG_TYPE',
    );
  if (span.earliest < FIRST_INSTANT || span.latest > LAST_INSTANT)
    throw new FuzzyTimeError('must not reach beyond the years 0000 to 9999.');
  return span;
}
