import { InvalidArgumentError } from 'commander';
import { asOf, caseArgument, correlationArgument, count, eventArgument, sequence } from './arguments.js';

const ID = '3f0c1a52-6c1e-4a7e-9d6b-0a2f4c8b7e11';

describe('arguments of the command line', () => {
  it.each([
    ['34', { sequence: 34 }],
    ['0', { sequence: 0 }],
    [ID.toUpperCase(), { eventId: ID }],
    ['2026-03-07T17:00:00Z', { time: '2026-03-07T17:00:00.000Z' }],
    ['2026-03-07T17:00:00.5+01:00', { time: '2026-03-07T16:00:00.500Z' }],
    ['2024-02-29t17:00z', { time: '2024-02-29T17:00:00.000Z' }],
  ])('reads %s as a moment', (text, moment) => {
    expect(asOf(text)).toEqual(moment);
  });

  it.each(['2026-02-30T17:00:00Z', '2025-02-29T17:00:00Z', '2026-04-31 17:00:00+01:00', '2026-03-07T24:00:00Z'])(
    'takes %j, which never comes, for no moment',
    (text) => {
      expect(() => asOf(text)).toThrow(/a time that exists/);
    },
  );

  it.each(['yesterday', '-1', '1.5', '', '2026-03-07', '2026-13-40T17:00:00Z', '9007199254740993', `${ID}0`])(
    'takes %j for no moment',
    (text) => {
      expect(() => asOf(text)).toThrow(InvalidArgumentError);
    },
  );

  it('tells the id of a case from its number', () => {
    expect([caseArgument(ID), caseArgument('case-2026-0001')]).toEqual([{ id: ID }, { number: 'CASE-2026-0001' }]);
  });

  it('takes the id of an event in whatever letters', () => {
    expect([eventArgument(ID.toUpperCase()), eventArgument('34')]).toEqual([{ id: ID }, { sequence: 34 }]);
  });

  it.each([caseArgument, eventArgument, correlationArgument])('asks for what is left empty', (argument) => {
    for (const text of ['', ' ']) expect(() => argument(text)).toThrow(/^It is empty: give (the id|a correlation id)/);
  });

  it.each(['-3', '1e3', 'x', '', '1234567890'])('takes %j for no count', (text) => {
    expect(() => count(text)).toThrow(InvalidArgumentError);
  });

  it.each(['-1', '1e3', 'x', '9007199254740993'])('takes %j for no sequence', (text) => {
    expect(() => sequence(text)).toThrow(InvalidArgumentError);
  });
});
