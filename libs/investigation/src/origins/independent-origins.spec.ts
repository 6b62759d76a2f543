import fc from 'fast-check';
import { independentOrigins, type Sourced } from './independent-origins.js';

const count = (...chains: string[][]) =>
  independentOrigins(chains.map((chain, n) => ({ record: `${n}`, chain }))).length;

describe('independent origins', () => {
  it('are one for chains that share a link, whichever it is', () => {
    expect(count(['researchers', 'Bloomberg', 'report'], ['OpenAI', 'report'])).toBe(1);
    expect(count(['researchers'], ['provider'])).toBe(2);
    expect(count(['researchers', 'report'], ['report'])).toBe(1);
  });

  it('are joined by a chain that shares a link with both, in whatever order they come', () => {
    expect(count(['a'], ['b'], ['a', 'b'])).toBe(1);
    expect(count(['a', 'b'], ['a'], ['b'], ['c'])).toBe(2);
  });

  it('are none of what has no source', () => {
    expect(independentOrigins([{ record: '0', chain: [] }])).toEqual([]);
  });

  it('tell which parties and records each is made of', () => {
    const sourced = [
      { record: 'row 2', chain: ['researchers', 'report'] },
      { record: 'logs', chain: ['provider'] },
      { record: 'row 4', chain: ['report'] },
    ];
    expect(independentOrigins(sourced)).toEqual([
      { parties: ['provider'], records: ['logs'] },
      { parties: ['researchers', 'report'], records: ['row 2', 'row 4'] },
    ]);
  });

  it('share no party, hold each record with a chain once, and do not depend on the order', () => {
    const chain = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(chain, { maxLength: 8 }), (chains) => {
        const sourced = chains.map((one, n): Sourced => ({ record: `${n}`, chain: one }));
        const origins = independentOrigins(sourced);
        const parties = origins.flatMap((one) => one.parties);
        expect(new Set(parties).size).toBe(parties.length);
        const held = origins.flatMap(({ records }) => records).sort();
        expect(held).toEqual(sourced.flatMap((one) => (one.chain.length > 0 ? [one.record] : [])).sort());
        expect(independentOrigins([...sourced].reverse())).toHaveLength(origins.length);
      }),
    );
  });
});
