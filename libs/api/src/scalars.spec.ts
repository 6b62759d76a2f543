import { InvalidScalar } from './invalid-scalar.js';
import { Instant, JsonObject, Sequence } from './scalars.js';

describe('Scalars', () => {
  it.each([0, 1, Number.MAX_SAFE_INTEGER])('a Sequence may be %d, as a number or as text', (value) => {
    expect(Sequence.parseValue(value)).toBe(value);
    expect(Sequence.parseValue(String(value))).toBe(value);
    expect(Sequence.serialize(value)).toBe(value);
  });

  it.each([-1, 1.5, 2 ** 53, NaN, '-1', '01', '1e3', ' 1', '', '9007199254740992', true, null, {}])(
    'a Sequence is not %p',
    (value) => expect(() => Sequence.parseValue(value)).toThrow(InvalidScalar),
  );

  it.each([
    '2025-03-01T09:30:00Z',
    '2024-02-29T23:59:59.123456789+05:30',
    '2000-02-29T00:00:00-00:00',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ])('an Instant may be %s, and stays as it is', (text) => {
    expect(Instant.parseValue(text)).toBe(text);
    expect(Instant.serialize(text)).toBe(text);
  });

  it.each([
    'garbage',
    '',
    '2025-03-01',
    '2025-03-01T09:30:00',
    '2025-03-01T09:30Z',
    '2025-03-01 09:30:00Z',
    '2025-03-01t09:30:00z',
    '2025-3-1T09:30:00Z',
    '2025-00-01T00:00:00Z',
    '2025-13-01T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2025-04-31T00:00:00Z',
    '2025-04-00T00:00:00Z',
    '2025-01-01T24:00:00Z',
    '2025-01-01T00:60:00Z',
    '2016-12-31T23:59:60Z',
    '2025-01-01T00:00:00+24:00',
    '2025-01-01T00:00:00+01:60',
    '2025-01-01T00:00:00.Z',
    '2025-01-01T00:00:00Z\n',
    1735689600000,
    null,
  ])('an Instant is not %p', (value) => expect(() => Instant.parseValue(value)).toThrow(InvalidScalar));

  it.each([[[]], ['text'], [1], [null]])('a JSONObject is not %p', (value) => {
    expect(() => JsonObject.parseValue(value)).toThrow(InvalidScalar);
  });
});
