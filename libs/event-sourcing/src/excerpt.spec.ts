import 'reflect-metadata';
import { excerpt } from './excerpt.js';

describe('excerpt', () => {
  it.each([
    [undefined, ''],
    ['Short.', 'Short.'],
    ['  two\n\tlines ', 'two lines'],
    ['x'.repeat(80), 'x'.repeat(80)],
    [`${' '.repeat(1_000)}x`, 'x'],
    [`${'x '.repeat(30)}${' '.repeat(1_000)}${'y'.repeat(100)}`, `${'x '.repeat(30)}${'y'.repeat(19)}…`],
    ['x'.repeat(81), `${'x'.repeat(79)}…`],
  ])('%j: %j', (text, expected) => expect(excerpt(text)).toBe(expected));

  it('does not cut a character in half', () => {
    const cut = excerpt('😀'.repeat(100));
    expect([...cut]).toHaveLength(80);
    expect(cut).toBe(`${'😀'.repeat(79)}…`);
  });
});
