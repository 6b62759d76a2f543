import fc from 'fast-check';
import { MapWithout, RecordsWithout } from './map-without.js';

const key = fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e');
const maps = fc.dictionary(key, fc.nat()).map((entries) => new Map(Object.entries(entries)));
const keys = fc.uniqueArray(key).map((all) => new Set(all));

it('is, however it is asked, as a copy without those keys', () => {
  fc.assert(
    fc.property(maps, keys, keys, (whole, hidden, more) => {
      const copy = new Map([...whole].filter(([one]) => !hidden.has(one) && !more.has(one)));
      const without = new MapWithout(new MapWithout(whole, hidden), more);
      expect([...without]).toEqual([...copy]);
      expect([...without.entries()]).toEqual([...copy.entries()]);
      expect([...without.keys()]).toEqual([...copy.keys()]);
      expect([...without.values()]).toEqual([...copy.values()]);
      expect(without.size).toBe(copy.size);
      const met: unknown[] = [];
      without.forEach((value, one, map) => met.push([one, value, map === without]));
      expect(met).toEqual([...copy].map(([one, value]) => [one, value, true]));
      for (const one of [...whole.keys(), 'f']) {
        expect([without.has(one), without.get(one)]).toEqual([copy.has(one), copy.get(one)]);
      }
    }),
  );
});

it('leaves the ids of records taken', () => {
  const without = new RecordsWithout(new Map([['a', 1]]), new Set(['a']));
  expect([without.has('a'), without.get('a'), without.size]).toEqual([true, undefined, 0]);
});
