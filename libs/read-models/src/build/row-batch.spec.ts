import fc from 'fast-check';
import { type Cell, RowBatch, unpack } from './row-batch.js';

const layout = { table: 'notes', numbers: ['v', 'valid_to', 'size'], texts: ['id', 'data'] };

describe('a batch of rows', () => {
  const number = fc.option(fc.maxSafeInteger());
  const text = fc.option(fc.string({ unit: 'binary' }));
  const row = fc.tuple(fc.tuple(number, number, number), fc.tuple(text, text));

  it('comes out as it went in, so many rows at a time', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 450, size: 'max' }), fc.integer({ min: 1, max: 60 }), (rows, together) => {
        const batch = new RowBatch(layout);
        expect(rows.map(([numbers, texts]) => batch.add(numbers, texts))).toEqual(rows.map((_, n) => n));
        const lists = [...unpack(layout, batch.pack(), together)];
        expect(lists.flat()).toEqual(rows.flat(2) satisfies Cell[]);
        expect(lists.slice(0, -1).every(({ length }) => length === together * 5)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it('shows what waits in it, and ends it there', () => {
    const batch = new RowBatch(layout);
    batch.add([1, 9, null], ['a', 'one']);
    batch.add([2, 9, 5], ['b', null]);
    batch.end(0, 2);
    batch.close(7, 8);
    expect([batch.number(0, 1), batch.number(1, 1), batch.text(0, 1), batch.text(1, 1)]).toEqual([2, 9, 'one', null]);
    const packed = batch.pack();
    expect([...unpack(layout, packed, 1)]).toEqual([
      [1, 2, null, 'a', 'one'],
      [2, 9, 5, 'b', null],
    ]);
    expect([...packed.closed]).toEqual([8, 7]);
  });
});
