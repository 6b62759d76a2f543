import { formatKey, newSecret, parseBearer } from './bearer.js';

const id = '0123456789abcdef';
const secret = '0123456789abcdef'.repeat(4);

describe('a key in the Authorization header', () => {
  it('is read in its two halves', () => {
    expect(parseBearer(`Bearer clk_${id}_${secret}`)).toEqual({ id, secret });
  });

  it('is what was shown when it was issued', () => {
    const parts = { id, secret: newSecret() };
    expect(parseBearer(`Bearer ${formatKey(parts)}`)).toEqual(parts);
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    `clk_${id}_${secret}`,
    `Basic clk_${id}_${secret}`,
    `Bearer  clk_${id}_${secret}`,
    ` Bearer clk_${id}_${secret}`,
    `Bearer clk_${id}_${secret} `,
    `Bearer clk_${id}_${secret}\n`,
    `Bearer clk_${id}_${secret}, Bearer clk_${id}_${secret}`,
    `Bearer clk_${id}_${secret}0`,
    `Bearer clk_${id}_${secret.slice(1)}`,
    `Bearer clk_${id}0_${secret}`,
    `Bearer clk_${id.slice(1)}_${secret}`,
    `Bearer clk_${id}${secret}`,
    `Bearer clk_${id.toUpperCase()}_${secret}`,
    `Bearer clk_${id}_${secret.toUpperCase()}`,
    `Bearer clk_${id.replace('0', 'g')}_${secret}`,
    `Bearer key_${id}_${secret}`,
  ])('is nothing else: %j', (header) => expect(parseBearer(header)).toBeUndefined());
});

describe('a new secret', () => {
  it('is 64 lower-case hex characters, and another one each time', () => {
    const secrets = Array.from({ length: 100 }, newSecret);
    for (const fresh of secrets) expect(fresh).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(secrets).size).toBe(100);
  });
});
