import fc from 'fast-check';
import { event, handlersByType, StoredEvent, storedEventOf, withoutNulls } from './event.js';

@StoredEvent<Written>('LetterWritten', { version: 2, upcasters: { 1: (old) => old }, summary: ({ to }) => `To ${to}` })
class Written {
  to!: string;
  lines?: { text: string; by?: string | null }[];
}
class Unmarked {}

describe('event', () => {
  it('carries the stored name and version, and facts only', () => {
    expect(event(Written, { to: 'Bob', lines: [{ text: 'Dear', by: null }] })).toStrictEqual({
      type: 'LetterWritten',
      version: 2,
      payload: { to: 'Bob', lines: [{ text: 'Dear' }] },
    });
  });

  it('holds copies: who changes the command later does not change the event', () => {
    const lines = [{ text: 'Dear' }];
    const { payload } = event(Written, { to: 'Bob', lines });
    lines[0].text = 'changed';
    lines.push({ text: 'more' });
    expect(payload.lines).toEqual([{ text: 'Dear' }]);
  });

  it('is of a marked class', () => {
    expect(() => event(Unmarked, {})).toThrow('Unmarked is not marked with @StoredEvent.');
    expect(storedEventOf(Written)).toMatchObject({ type: 'LetterWritten', version: 2 });
    expect(storedEventOf(Written).summary({ to: 'Bob' } as never)).toBe('To Bob');
  });
});

describe('withoutNulls', () => {
  it('is what a stored payload looks like when it is read back', () => {
    const names = fc.string().filter((name) => name !== '__proto__');
    const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        fc.constantFrom(null, undefined, true, 0),
        fc.string(),
        fc.array(fc.string()),
        fc.dictionary(names, tie('value'), { noNullPrototype: false }),
      ),
    }));
    fc.assert(
      fc.property(values, (value) => {
        const plain = withoutNulls(value);
        if (plain === undefined) return;
        expect(JSON.parse(JSON.stringify(plain))).toStrictEqual(plain);
        expect(withoutNulls(plain)).toStrictEqual(plain);
      }),
    );
  });

  it('keeps what only looks like nothing, and the places of a list', () => {
    expect(withoutNulls({ a: 0, b: '', c: false, d: [], e: {}, f: [null, 1], g: null })).toStrictEqual({
      a: 0,
      b: '',
      c: false,
      d: [],
      e: {},
      f: [null, 1],
    });
  });

  it('makes plain objects of instances', () => {
    class Line {
      text = 'Dear';
      by = undefined;
    }
    expect(withoutNulls(new Line())).toStrictEqual({ text: 'Dear' });
  });
});

describe('handlersByType', () => {
  it('finds handlers, and refuses two of one type', () => {
    const one = { type: 'A', handle: 1 };
    expect(handlersByType([one, { type: 'B', handle: 2 }]).get('B')).toBe(2);
    expect(() => handlersByType([one, one])).toThrow('A is handled twice in one list.');
  });
});
