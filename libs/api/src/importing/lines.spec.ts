import fc from 'fast-check';
import { type Line, linesOf } from './lines.js';

async function* chunks(...parts: Buffer[]) {
  for (const part of parts) yield await Promise.resolve(part);
}

async function read(parts: Buffer[], limit = 100): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of linesOf(chunks(...parts), limit)) lines.push(line);
  return lines;
}

describe('linesOf', () => {
  it('counts blank lines, and leaves them and the ends of lines out', async () => {
    expect(await read([Buffer.from('a\r\n\n b \nc')])).toEqual([
      { number: 1, text: 'a' },
      { number: 3, text: 'b' },
      { number: 4, text: 'c' },
    ]);
  });

  it('says what is too long, and goes on behind it', async () => {
    expect(await read([Buffer.from('12345\n123456\n12345\n')], 5)).toEqual([
      { number: 1, text: '12345' },
      { number: 2, text: null, fault: 'TOO_LONG' },
      { number: 3, text: '12345' },
    ]);
  });

  it('says what is not in UTF-8', async () => {
    expect(await read([Buffer.from([0x61, 0xff, 0x0a, 0x62])])).toEqual([
      { number: 1, text: null, fault: 'NOT_UTF8' },
      { number: 2, text: 'b' },
    ]);
  });

  it('reads the same however the bytes are cut', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' })), fc.array(fc.nat(200)), async (texts, cuts) => {
        const bytes = Buffer.from(texts.join('\n'));
        const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        const parts = places.slice(1).map((end, n) => bytes.subarray(places[n], end));
        expect(await read(parts, 50)).toEqual(await read([bytes], 50));
      }),
    ));
});
