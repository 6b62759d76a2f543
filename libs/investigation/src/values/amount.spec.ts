import 'reflect-metadata';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { Amount, amountProblem } from './amount.js';

const amount = (over: Partial<Amount>): Amount => Object.assign(new Amount(), over);
const wrong = (over: Partial<Amount>): string[] => validateSync(amount(over)).map(({ property }) => property);

describe('an amount', () => {
  it.each([
    [{ currency: 'EUR', exact: '12.50' }],
    [{ currency: 'EUR', exact: '0' }],
    [{ currency: 'USD', min: '1000000' }],
    [{ currency: 'USD', max: '999999999999999999.9999', approximate: true }],
    [{ currency: 'USD', min: '5', max: '5', asStated: 'about five dollars', certainty: 'ESTIMATED' as const }],
    [{ asStated: 'billions' }],
  ])('may be %j', (over) => expect(wrong(over)).toEqual([]));

  it.each([
    [{}, 'certainty'],
    [{ currency: 'EUR' }, 'certainty'],
    [{ exact: '1' }, 'certainty'],
    [{ asStated: 'billions', currency: 'EUR' }, 'certainty'],
    [{ asStated: 'billions', approximate: true }, 'certainty'],
    [{ currency: 'EUR', exact: '1', min: '1' }, 'certainty'],
    [{ currency: 'EUR', min: '10', max: '9.9999' }, 'certainty'],
    [{ currency: 'EURO', exact: '1' }, 'currency'],
    [{ currency: 'eur', exact: '1' }, 'currency'],
    [{ currency: 'EUR', exact: '-1' }, 'exact'],
    [{ currency: 'EUR', exact: '01' }, 'exact'],
    [{ currency: 'EUR', exact: '1,5' }, 'exact'],
    [{ currency: 'EUR', exact: '1.23456' }, 'exact'],
    [{ currency: 'EUR', exact: '1e6' }, 'exact'],
    [{ asStated: '' }, 'asStated'],
    [{ certainty: 'SURE' as never, asStated: 'a lot' }, 'certainty'],
  ])('is never %j', (over, property) => expect(wrong(over)).toContain(property));

  it('compares its bounds as decimals, not as texts or rounded numbers', () => {
    const decimal = fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }), fc.integer({ min: 0, max: 9999 }))
      .map(([whole, part]) => ({
        text: `${whole}.${String(part).padStart(4, '0')}`,
        value: whole * 10_000n + BigInt(part),
      }));
    fc.assert(
      fc.property(decimal, decimal, (min, max) => {
        const problem = amountProblem(amount({ currency: 'EUR', min: min.text, max: max.text }));
        expect(problem !== null).toBe(min.value > max.value);
      }),
    );
  });
});
