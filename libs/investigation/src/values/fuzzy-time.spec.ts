import fc from 'fast-check';
import { FuzzyTimeError } from './fuzzy-time-error.js';
import { parseFuzzyTime } from './fuzzy-time.js';

/** [what is stated, first day, last day], whole days in UTC. */
const days: [string, string | null, string | null][] = [
  ['2025-03-07', '2025-03-07', '2025-03-07'],
  ['2025-03', '2025-03-01', '2025-03-31'],
  ['2025', '2025-01-01', '2025-12-31'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2024-02-29', '2024-02-29', '2024-02-29'],
  ['1900-02', '1900-02-01', '1900-02-28'],
  ['2000-02', '2000-02-01', '2000-02-29'],
  ['0000', '0000-01-01', '0000-12-31'],
  ['0099-12', '0099-12-01', '0099-12-31'],
  ['9999-12-31', '9999-12-31', '9999-12-31'],
  ['201X', '2010-01-01', '2019-12-31'],
  ['20XX', '2000-01-01', '2099-12-31'],
  ['00XX', '0000-01-01', '0099-12-31'],
  ['2004-XX', '2004-01-01', '2004-12-31'],
  ['2004-XX-XX', '2004-01-01', '2004-12-31'],
  ['2004-02-XX', '2004-02-01', '2004-02-29'],
  ['2024-21', '2024-03-01', '2024-06-21'],
  ['2024-22', '2024-06-01', '2024-09-23'],
  ['2024-23', '2024-09-01', '2024-12-21'],
  ['2024-24', '2024-12-01', '2025-03-21'],
  ['2024-25', '2024-03-01', '2024-06-21'],
  ['2024-26', '2024-06-01', '2024-09-23'],
  ['2024-27', '2024-09-01', '2024-12-21'],
  ['2024-28', '2024-12-01', '2025-03-21'],
  ['2024-29', '2024-09-01', '2024-12-21'],
  ['2024-30', '2024-12-01', '2025-03-21'],
  ['2024-31', '2024-03-01', '2024-06-21'],
  ['2024-32', '2024-06-01', '2024-09-23'],
  ['2024-33', '2024-01-01', '2024-03-31'],
  ['2024-34', '2024-04-01', '2024-06-30'],
  ['2024-35', '2024-07-01', '2024-09-30'],
  ['2024-36', '2024-10-01', '2024-12-31'],
  ['2024-37', '2024-01-01', '2024-04-30'],
  ['2024-38', '2024-05-01', '2024-08-31'],
  ['2024-39', '2024-09-01', '2024-12-31'],
  ['2024-40', '2024-01-01', '2024-06-30'],
  ['2024-41', '2024-07-01', '2024-12-31'],
  ['2025-01~', '2025-01-01', '2025-01-31'],
  ['2025-01-20?', '2025-01-20', '2025-01-20'],
  ['2025%', '2025-01-01', '2025-12-31'],
  ['2024-23~', '2024-09-01', '2024-12-21'],
  ['201X?', '2010-01-01', '2019-12-31'],
  ['2024-09/2024-11', '2024-09-01', '2024-11-30'],
  ['2025-02-17/2025-03-03', '2025-02-17', '2025-03-03'],
  ['2024-09~/2024-11-15?', '2024-09-01', '2024-11-15'],
  ['2024-23/2025-01', '2024-09-01', '2025-01-31'],
  ['../2025-01', null, '2025-01-31'],
  ['2025-01/..', '2025-01-01', null],
  ['/2025-01', null, '2025-01-31'],
  ['2025-01-31/', '2025-01-31', null],
  ['2025-03/2025', '2025-03-01', '2025-12-31'],
  ['2025/2025-03', '2025-01-01', '2025-03-31'],
  ['2025-03-07/2025-03-07', '2025-03-07', '2025-03-07'],
  ['NOT_STATED', null, null],
];

/** [what is stated, first instant, last instant]. */
const instants: [string, string, string][] = [
  ['2025-03-03T09:10Z', '2025-03-03T09:10:00.000Z', '2025-03-03T09:10:59.999Z'],
  ['2025-03-03T09:10:00Z', '2025-03-03T09:10:00.000Z', '2025-03-03T09:10:00.999Z'],
  ['2025-03-03T09:10:00.5Z', '2025-03-03T09:10:00.500Z', '2025-03-03T09:10:00.599Z'],
  ['2025-03-03T09:10:00.123Z', '2025-03-03T09:10:00.123Z', '2025-03-03T09:10:00.123Z'],
  ['2025-03-03T09:10:00.123987654Z', '2025-03-03T09:10:00.123Z', '2025-03-03T09:10:00.123Z'],
  ['2025-03-03T00:10+01:00', '2025-03-02T23:10:00.000Z', '2025-03-02T23:10:59.999Z'],
  ['2024-12-31T19:30:00-05:30', '2025-01-01T01:00:00.000Z', '2025-01-01T01:00:00.999Z'],
  ['2025-03-03T09:10+04', '2025-03-03T05:10:00.000Z', '2025-03-03T05:10:59.999Z'],
  ['2025-03-03T09:10:00-00:00', '2025-03-03T09:10:00.000Z', '2025-03-03T09:10:00.999Z'],
  ['2025-03-03T09:10Z~', '2025-03-03T09:10:00.000Z', '2025-03-03T09:10:59.999Z'],
  ['2025-03-03T09:10Z/2025-03-03T10:30+01:00', '2025-03-03T09:10:00.000Z', '2025-03-03T09:30:59.999Z'],
  ['2025-03-03T09:10Z/2025-03', '2025-03-03T09:10:00.000Z', '2025-03-31T23:59:59.999Z'],
];

const impossible: [string, RegExp][] = [
  ['', /must be a time in EDTF/],
  [' 2025', /must be a time in EDTF/],
  ['2025-3-7', /must be a time in EDTF/],
  ['autumn 2024', /must be a time in EDTF/],
  ['not_stated', /must be a time in EDTF/],
  ['2025-02-30', /a day that exists: 01 to 28/],
  ['2025-04-31', /a day that exists: 01 to 30/],
  ['2023-02-29', /a day that exists: 01 to 28/],
  ['1900-02-29', /a day that exists: 01 to 28/],
  ['2025-03-00', /a day that exists: 01 to 31/],
  ['2025-00', /a month that exists: 01 to 12/],
  ['2025-13', /a month that exists: 01 to 12/],
  ['2025-20', /a month that exists: 01 to 12/],
  ['2025-42', /21 to 41 for seasons/],
  ['2025-99', /21 to 41 for seasons/],
  ['2025-23-01', /no day after a season \(21 to 41\)/],
  ['201X-05', /no month after a year/],
  ['2XXX', /must be a time in EDTF/],
  ['2004-XX-05', /XX for the day where the month is XX/],
  ['2004-1X', /must be a time in EDTF/],
  ['2004-05-1X', /must be a time in EDTF/],
  ['?2025', /must be a time in EDTF/],
  ['2025?~', /must be a time in EDTF/],
  ['-0044', /must be a time in EDTF/],
  ['Y17000', /must be a time in EDTF/],
  ['20250307', /must be a time in EDTF/],
  ['9999-24', /beyond the years 0000 to 9999/],
  ['0000-01-01T00:00+01:00', /beyond the years 0000 to 9999/],
  ['2025-03-03T09:10', /must name the zone/],
  ['2025-03-03T24:00Z', /hours 00 to 23/],
  ['2025-03-03T09:60Z', /minutes and seconds 00 to 59/],
  ['2025-03-03T09:10+24:00', /hours 00 to 23/],
  ['2016-12-31T23:59:60Z', /must not name a leap second/],
  ['2025-02-29T09:10Z', /a day that exists: 01 to 28/],
  ['2025-03-03T09:10:00.1234567890Z', /must be a time in EDTF/],
  ['2025-03/2025-02', /must not end before it starts/],
  ['2025-03-03T10:30Z/2025-03-03T10:30+01:00', /must not end before it starts/],
  ['2025-24/2025-11', /must not end before it starts/],
  ['../..', /says nothing: write NOT_STATED/],
  ['/', /says nothing: write NOT_STATED/],
  ['2025/2026/2027', /one slash/],
  ['2025/NOT_STATED', /must be a time in EDTF/],
  ['2025/2025-13', /must have a month that exists/],
  ['2'.repeat(81), /at most 80 characters/],
];

describe('parseFuzzyTime', () => {
  it.each(days)('reads %s as the days %s to %s', (stated, first, last) => {
    expect(parseFuzzyTime(stated)).toEqual({
      stated,
      earliest: first && `${first}T00:00:00.000Z`,
      latest: last && `${last}T23:59:59.999Z`,
    });
  });

  it.each(instants)('reads %s as %s to %s', (stated, earliest, latest) => {
    expect(parseFuzzyTime(stated)).toEqual({ stated, earliest, latest });
  });

  it.each(impossible)('refuses %j', (text, message) => {
    expect(() => parseFuzzyTime(text)).toThrow(FuzzyTimeError);
    expect(() => parseFuzzyTime(text)).toThrow(message);
  });
});

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');
const date = fc
  .record({
    year: fc.integer({ min: 0, max: 9998 }),
    month: fc.integer({ min: 1, max: 41 }),
    day: fc.integer({ min: 1, max: 28 }),
  })
  .filter(({ month }) => month <= 12 || month > 20)
  .chain(({ year, month, day }) =>
    fc.constantFrom(
      pad(year, 4),
      `${pad(year, 4)}-${pad(month, 2)}`,
      month > 12 ? `${pad(year, 4)}-XX` : `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`,
      `${pad(year, 4).slice(0, 3)}X`,
    ),
  );
const moment = fc.tuple(date, fc.constantFrom('', '?', '~', '%')).map((parts) => parts.join(''));

describe('every fuzzy time', () => {
  it('has its earliest instant no later than its latest', () => {
    fc.assert(
      fc.property(moment, (text) => {
        const { earliest, latest } = parseFuzzyTime(text);
        expect(earliest! <= latest!).toBe(true);
      }),
    );
  });

  it('is no wider or narrower for being uncertain or approximate', () => {
    fc.assert(
      fc.property(date, fc.constantFrom('?', '~', '%'), (text, qualifier) => {
        expect(parseFuzzyTime(text + qualifier)).toEqual({ ...parseFuzzyTime(text), stated: text + qualifier });
      }),
    );
  });

  it('if an interval, reaches from the earliest instant of its start to the latest of its end', () => {
    fc.assert(
      fc.property(moment, moment, (one, other) => {
        const [start, end] = [parseFuzzyTime(one), parseFuzzyTime(other)];
        if (end.latest! < start.earliest!) {
          expect(() => parseFuzzyTime(`${one}/${other}`)).toThrow(FuzzyTimeError);
          return;
        }
        const whole = parseFuzzyTime(`${one}/${other}`);
        expect([whole.earliest, whole.latest]).toEqual([start.earliest, end.latest]);
        if (start.earliest! > end.earliest! || start.latest! > end.latest!) return;
        for (const part of [start, end]) {
          expect(whole.earliest! <= part.earliest!).toBe(true);
          expect(whole.latest! >= part.latest!).toBe(true);
        }
      }),
    );
  });

  it('contains the month that a day lies in, and the year that a month lies in', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9999 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 28 }),
        (y, m, d) => {
          const texts = [pad(y, 4), `${pad(y, 4)}-${pad(m, 2)}`, `${pad(y, 4)}-${pad(m, 2)}-${pad(d, 2)}`];
          const [year, month, day] = texts.map(parseFuzzyTime);
          expect(year.earliest! <= month.earliest! && month.earliest! <= day.earliest!).toBe(true);
          expect(year.latest! >= month.latest! && month.latest! >= day.latest!).toBe(true);
        },
      ),
    );
  });

  it('is either read or refused with a FuzzyTimeError, whatever the text', () => {
    const near = fc
      .array(fc.constantFrom(...'0123456789XT:Z+-/.~?% 2025'), { maxLength: 40 })
      .map((all) => all.join(''));
    const broken = fc
      .tuple(moment, fc.nat(12), fc.string({ maxLength: 2 }))
      .map(([t, at, s]) => t.slice(0, at) + s + t.slice(at));
    fc.assert(
      fc.property(fc.oneof(near, broken, fc.string({ unit: 'binary' }), moment), (text) => {
        try {
          const { stated, earliest, latest } = parseFuzzyTime(text);
          expect(stated).toBe(text);
          for (const bound of [earliest, latest])
            if (bound !== null) expect(bound).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        } catch (error) {
          if (!(error instanceof FuzzyTimeError)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
