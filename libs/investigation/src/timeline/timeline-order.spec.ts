import fc from 'fast-check';
import { byOccurrence, type Placeable } from './timeline-order.js';

let recorded = 0;
const undated = (id: string): Placeable => ({ id, key: recorded++, earliest: null, latest: null, isDated: false });
const dated = (id: string, earliest: string | null, latest: string | null = earliest): Placeable => ({
  ...{ id, key: recorded++, earliest, latest },
  isDated: true,
});
const told = (entries: Placeable[], before: [string, string][] = []) =>
  byOccurrence(entries, before).map(({ entry, place }) => `${entry.id} ${place}`);

describe('a timeline by occurrence', () => {
  it('goes by the earliest reading, then by the latest, then by the recording', () => {
    const entries = [dated('c', '2024-12'), dated('b', '2024-09', '2024-12'), dated('a', '2024-09', '2024-10')];
    expect(told([...entries, dated('d', '2024-12')])).toEqual(['a DATED', 'b DATED', 'c DATED', 'd DATED']);
  });

  it('places what is open to the past by its end', () => {
    expect(told([dated('until 2025', null, '2025'), dated('in 2024', '2024')])).toEqual([
      'in 2024 DATED',
      'until 2025 DATED',
    ]);
  });

  it('keeps apart, at the end, what has no time, as it was recorded', () => {
    expect(told([undated('x'), dated('a', '2024'), undated('y')])).toEqual(['a DATED', 'x UNDATED', 'y UNDATED']);
  });

  it('puts what has no time next to what it is known to follow or precede, however many steps away', () => {
    const entries = [undated('then'), undated('last'), undated('first'), dated('a', '2024'), dated('b', '2025')];
    expect(
      told(entries, [
        ['a', 'then'],
        ['then', 'last'],
        ['first', 'a'],
      ]),
    ).toEqual(['first ANCHORED', 'a DATED', 'then ANCHORED', 'last ANCHORED', 'b DATED']);
  });

  it('puts what follows two things behind the later one', () => {
    const entries = [undated('x'), dated('a', '2024'), dated('b', '2025'), dated('c', '2026')];
    expect(
      told(entries, [
        ['a', 'x'],
        ['b', 'x'],
      ]),
    ).toEqual(['a DATED', 'b DATED', 'x ANCHORED', 'c DATED']);
  });

  it('orders those without a time among each other: an answer comes after what it answers', () => {
    expect(told([undated('answer'), undated('claim')], [['claim', 'answer']])).toEqual([
      'claim UNDATED',
      'answer UNDATED',
    ]);
  });

  it('goes by what is known of the order, also against vague times', () => {
    const entries = [dated('autumn', '2024-09', '2024-12'), dated('October', '2024-10')];
    expect(told(entries, [['October', 'autumn']])).toEqual(['October DATED', 'autumn DATED']);
  });

  it('takes the earliest first where the order goes round in a circle', () => {
    expect(
      told(
        [dated('b', '2025'), dated('a', '2024')],
        [
          ['a', 'b'],
          ['b', 'a'],
        ],
      ),
    ).toEqual(['a DATED', 'b DATED']);
  });

  it('holds each record once, and every order that goes round in no circle', () => {
    const ids = fc.uniqueArray(fc.nat(30).map(String), { minLength: 1, maxLength: 20 });
    const times = fc.option(fc.constantFrom('2024-01', '2024-02', '2024-03'));
    const any = ids.chain((list) =>
      fc.tuple(
        fc.tuple(...list.map((id) => times.map((time) => (time ? dated(id, time) : undated(id))))),
        fc.array(fc.tuple(fc.constantFrom(...list), fc.constantFrom(...list))),
      ),
    );
    fc.assert(
      fc.property(any, ([entries, pairs]) => {
        // From one id to a greater one alone: no circle.
        const before = pairs.filter(([one, other]) => Number(one) < Number(other));
        const order = byOccurrence(entries, before);
        const places = new Map(order.map(({ entry }, n) => [entry.id, n]));
        expect(places.size).toBe(entries.length);
        expect(order).toHaveLength(entries.length);
        for (const [one, other] of before) {
          expect(places.get(one)!).toBeLessThan(places.get(other)!);
        }
      }),
    );
  });
});
