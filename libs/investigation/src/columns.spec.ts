import 'reflect-metadata';
import { foldText, fuzzyColumns, given, textColumn } from './columns.js';
import { parseFuzzyTime } from './values/fuzzy-time.js';

describe('columns', () => {
  it('of text are null where there is none', () => {
    const title = textColumn('title');
    expect(title.type).toBe('text');
    expect([{ title: 'A' }, { title: null }, {}].map((row) => title.of(row))).toEqual(['A', null, null]);
  });

  it.each([
    ['2024-23', ['2024-09-01T00:00:00.000Z', '2024-12-21T23:59:59.999Z', true]],
    ['../2025-01', [null, '2025-01-31T23:59:59.999Z', true]],
    ['NOT_STATED', [null, null, false]],
  ])('of the fuzzy time %s are its bounds and whether it is stated', (stated, expected) => {
    const columns = fuzzyColumns('occurredAt');
    const row = { occurredAt: parseFuzzyTime(stated) };
    expect(Object.keys(columns)).toEqual(['occurredAtEarliest', 'occurredAtLatest', 'occurredAtStated']);
    expect(Object.values(columns).map((column) => column.of(row))).toEqual(expected);
  });

  it('fold text: case and accents do not count', () => {
    expect(foldText('ÉCOLE Straße ﬁn')).toBe('ecole straße fin');
    expect(foldText('e\u0301')).toBe(foldText('é'));
  });

  it('keep only what an event gives: null clears, undefined leaves', () => {
    expect(given({ a: 1, b: undefined, c: null })).toEqual({ a: 1, c: null });
  });
});
