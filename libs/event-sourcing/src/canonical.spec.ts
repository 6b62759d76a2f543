import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson } from './canonical.js';

/** Any JSON value, of any well-formed text, names that look like numbers or prototypes included. */
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('10', '9', '__proto__', '\u20ac', '\ufb33', '😀'));
const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    text,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(text, tie('value'), { maxKeys: 5, noNullPrototype: false }),
  ),
}));

describe('canonicalJson', () => {
  it('writes what the reference implementation writes', () => {
    fc.assert(
      fc.property(json, (value) => expect(canonicalJson(value)).toBe(canonicalize(value))),
      { numRuns: 1_000 },
    );
  });

  it('is read back as the value it was written from', () => {
    fc.assert(
      fc.property(json, (value) => {
        const written = canonicalJson(value);
        expect(canonicalJson(JSON.parse(written))).toBe(written);
      }),
    );
  });

  it('writes the example of RFC 8785, 3.2.3: names sorted by their UTF-16 units', () => {
    const value: Record<string, string> = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    const members = sorted.map((name) => `${JSON.stringify(name)}:${JSON.stringify(value[name])}`);
    expect(canonicalJson(value)).toBe(`{${members.join(',')}}`);
  });

  it.each([
    [{ b: 1, a: { d: undefined, c: [undefined, null] } }, '{"a":{"c":[null,null]},"b":1}'],
    [[1e21, 1e-7, -0, 1 / 3], '[1e+21,1e-7,0,0.3333333333333333]'],
    ['"\\/\b\u000f\u2028', '"\\"\\\\/\\b\\u000f\u2028"'],
  ])('%j', (value, expected) => expect(canonicalJson(value)).toBe(expected));

  it.each([
    ['NaN', NaN],
    ['Infinity', { a: [Infinity] }],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['undefined alone', undefined],
    ['half a surrogate pair', '\ud800'],
    ['half a surrogate pair in a name', { '\udc00': 1 }],
  ])('throws at %s', (_, value) => expect(() => canonicalJson(value)).toThrow(TypeError));
});
