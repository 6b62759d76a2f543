import { formatKey, newSecret, parseKey } from './key-text.js';

const id = '0123456789abcdef';
const secret = '0123456789abcdef'.repeat(4);

describe('the text of a key', () => {
  it('is read in its two halves', () => {
    expect(parseKey(`clk_${id}_${secret}`)).toEqual({ id, secret });
  });

  it('is what was shown when it was issued', () => {
    const parts = { id, secret: newSecret() };
    expect(parseKey(formatKey(parts))).toEqual(parts);
  });

  it.each([
    '',
    'clk_',
    `Bearer clk_${id}_${secret}`,
    ` clk_${id}_${secret}`,
    `clk_${id}_${secret} `,
    `clk_${id}_${secret}\n`,
    `clk_${id}_${secret}, clk_${id}_${secret}`,
    `clk_${id}_${secret}0`,
    `clk_${id}_${secret.slice(1)}`,
    `clk_${id}0_${secret}`,
    `clk_${id.slice(1)}_${secret}`,
    `clk_${id}${secret}`,
    `clk_${id.toUpperCase()}_${secret}`,
    `clk_${id}_${secret.toUpperCase()}`,
    `clk_${id.replace('0', 'g')}_${secret}`,
    `key_${id}_${secret}`,
  ])('is nothing else: %j', (text) => expect(parseKey(text)).toBeUndefined());
});

describe('a new secret', () => {
  it('is 64 lower-case hex characters, and another one each time', () => {
    const secrets = Array.from({ length: 100 }, newSecret);
    for (const fresh of secrets) expect(fresh).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(secrets).size).toBe(100);
  });
});
