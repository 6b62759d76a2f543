import fc from 'fast-check';
import { hashOf, PlaceTable } from './place-table.js';

describe('a table of places', () => {
  it('finds what was put into it, whatever the hashes', () => {
    const spread = fc.constantFrom(1, 3, 64, 4_096, 1_000_003);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6_000 }), spread, fc.integer({ min: 1, max: 100 }), (size, far, same) => {
        const table = new PlaceTable();
        const values = Array.from({ length: size }, (_, n) => n + 1);
        const hash = (value: number): number => (Math.floor(value / same) * far) >>> 0;
        for (const value of values) table.add(hash(value), value, value * 2);
        const found = values.map((value) => table.find(hash(value), (slot) => table.get(slot) === value));
        expect(found.map((slot) => table.get(slot))).toEqual(values);
        expect(found.every((slot, n) => table.get(slot, 1) === values[n] * 2)).toBe(true);
        expect(table.find(hash(1), () => false)).toBe(-1);
        expect(table.size).toBe(size);
      }),
      { numRuns: 10 },
    );
  });

  it('changes what is there', () => {
    const table = new PlaceTable();
    table.add(7, 1, 2);
    const slot = table.find(7, () => true);
    table.set(slot, 3);
    table.set(slot, 4, 1);
    expect([table.get(slot), table.get(slot, 1), table.size]).toEqual([3, 4, 1]);
  });

  it('tells names and seeds apart, seeds above 2^32 too', () => {
    const names = ['', 'a', 'b', 'ab', 'ba', 'case-1', 'case-2'];
    const seeds = [0, 1, 1024, 2 ** 32, 2 ** 40 + 1024, Number.MAX_SAFE_INTEGER];
    const hashes = names.flatMap((name) => seeds.map((seed) => hashOf(name, seed)));
    expect(new Set(hashes).size).toBe(names.length * seeds.length);
    for (const hash of hashes) expect(hash).toBe(hash >>> 0);
  });
});
