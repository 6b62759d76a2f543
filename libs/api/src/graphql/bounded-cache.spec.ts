import { BoundedCache } from './bounded-cache.js';

describe('BoundedCache', () => {
  it('drops what was used longest ago once the weight is over its capacity', () => {
    const cache = new BoundedCache<number>(80, 10);
    for (let i = 0; i < 8; i++) cache.set(`k${i}`, i, 10);
    expect(cache.get('k0')).toBe(0);
    cache.set('k8', 8, 10);
    expect(cache.get('k1')).toBeUndefined();
    expect(cache.get('k0')).toBe(0);
    expect([cache.size, cache.weight]).toEqual([8, 80]);
  });

  it('counts a key that is set again once', () => {
    const cache = new BoundedCache<number>(80, 10);
    for (let i = 0; i < 20; i++) cache.set('k', i, 10);
    expect([cache.get('k'), cache.size, cache.weight]).toEqual([19, 1, 10]);
  });

  it('does not let one large entry push out the others', () => {
    const cache = new BoundedCache<number>(80, 10);
    cache.set('small', 1, 10);
    cache.set('large', 2, 11);
    expect(cache.get('large')).toBeUndefined();
    expect(cache.get('small')).toBe(1);
  });

  it('takes one as large as it is told to', () => {
    const cache = new BoundedCache<number>(80, 40);
    for (let i = 0; i < 8; i++) cache.set(`k${i}`, i, 10);
    cache.set('large', 8, 40);
    cache.set('larger', 9, 41);
    expect([cache.get('large'), cache.get('larger'), cache.size, cache.weight]).toEqual([8, undefined, 5, 80]);
  });
});
