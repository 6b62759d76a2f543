import 'reflect-metadata';
import { fold } from '../../../../test/builders/decide.js';
import { versionAdded } from '../../../../test/builders/terms.js';
import { versionsInForce } from './in-force.js';
import { termsAggregate } from './terms-aggregate.js';

type Spans = Record<string, [from: string, until: string]>;

const at = (time: string, spans: Spans): (string | undefined)[] => {
  const versions = Object.entries(spans).map(([version, [effectiveFrom, effectiveUntil]]) =>
    versionAdded({ version, effectiveFrom, effectiveUntil }),
  );
  return versionsInForce(fold(termsAggregate, versions), time).map(({ version }) => version);
};

describe('the versions in force', () => {
  const open: Spans = { a: ['NOT_STATED', 'NOT_STATED'] };
  const ended: Spans = { a: ['2024', '2024'], b: ['2025', '2026-06'] };
  const vague: Spans = { a: ['2024', 'NOT_STATED'], b: ['2024-23', 'NOT_STATED'] };
  const apart: Spans = { a: ['2023', 'NOT_STATED'], b: ['2024-11', 'NOT_STATED'], c: ['2025', 'NOT_STATED'] };
  const undated: Spans = { a: ['2023', 'NOT_STATED'], b: ['NOT_STATED', '2024'] };

  it.each<[string, Spans, string[]]>([
    ['2024', open, ['a']],
    ['NOT_STATED', open, ['a']],
    ['2024-05', ended, ['a']],
    ['2024-12-31/2025-01-01', ended, ['a', 'b']],
    ['2026-07', ended, []],
    ['2023', ended, []],
    ['../2024', ended, ['a']],
    ['NOT_STATED', ended, ['a', 'b']],
    // Neither begins after the other for certain: neither ends the other.
    ['2025', vague, ['a', 'b']],
    // One begins within the month: both may have been in force in it.
    ['2024-11', apart, ['a', 'b']],
    ['2024-12', apart, ['b']],
    ['2024-10', apart, ['a']],
    ['2026', apart, ['c']],
    ['2023', undated, ['a', 'b']],
    ['2025', undated, ['a']],
  ])('at %s of %j are %j', (time, spans, expected) => expect(at(time, spans)).toEqual(expected));
});
