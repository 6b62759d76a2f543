import fc from 'fast-check';
import { asGiven, storable } from './storable.js';

describe('texts as they are stored', () => {
  const text = fc.string({ unit: fc.constantFrom('\u0000', '\u0001', '\u0002', '\u0003', 'a', 'ä', '\u{10000}') });
  /** By code point, as both engines compare. */
  const order = (a: string, b: string): number => Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));

  it('have no U+0000, come back as they were given, and keep their order', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(storable(one)).not.toContain('\u0000');
        expect(asGiven(storable(one))).toBe(one);
        expect(order(storable(one), storable(other))).toBe(order(one, other));
      }),
    );
  });
});
