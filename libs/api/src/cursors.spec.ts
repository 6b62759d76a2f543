import { Refusal } from '#event-sourcing/refusal.js';
import { Cursors } from './cursors.js';

describe('Cursors', () => {
  const installation = new Cursors('0b6c5b9e-1111-4222-8333-444455556666', 'secret');
  const cursors = installation.of('ann');
  const cursor = { kind: 'cases', sequence: 42, position: 43_008 };
  const expected = { kind: 'cases', head: 50 };

  const refusalOf = (read: () => unknown): Refusal => {
    try {
      read();
    } catch (error) {
      if (error instanceof Refusal) return error;
    }
    throw new Error('not refused');
  };

  it('gives back what was encoded', () => {
    expect(cursors.decode(cursors.encode(cursor), expected)).toEqual(cursor);
    const args = { filter: { status: 'OPEN', kind: 'CASE' }, orderBy: undefined };
    const same = { filter: { kind: 'CASE', status: 'OPEN' } };
    expect(cursors.decode(cursors.encode({ ...cursor, position: 'é|1' }, args), { ...expected, args: same })).toEqual({
      ...cursor,
      position: 'é|1',
    });
  });

  it('notices every damaged character', () => {
    const text = cursors.encode(cursor);
    for (let i = 0; i < text.length; i++) {
      const other = text[i] === 'A' ? 'B' : 'A';
      // The bits of the last character that stand for nothing may differ.
      const damaged = text.slice(0, i) + other + text.slice(i + 1);
      if (Buffer.from(damaged, 'base64url').equals(Buffer.from(text, 'base64url'))) continue;
      expect(refusalOf(() => cursors.decode(damaged, expected)).code).toBe('CURSOR_INVALID');
    }
  });

  it.each(['', 'x', 'eyJ9', '%%%', 'a'.repeat(10_000)])('refuses %#', (text) => {
    expect(refusalOf(() => cursors.decode(text, expected))).toMatchObject({
      code: 'CURSOR_INVALID',
      message: expect.stringContaining('Ask for the first page again') as string,
    });
  });

  it.each([
    ['of another list', { ...expected, kind: 'events' }, 'one of cases, not of events'],
    ['of a list with other arguments', { ...expected, args: { filter: 1 } }, 'arguments'],
    ['from ahead of the log', { ...expected, head: 41 }, 'the log ends at 41'],
  ])('refuses one %s', (_name, expectation, why) => {
    const { code, message } = refusalOf(() => cursors.decode(cursors.encode(cursor), expectation));
    expect(code).toBe('CURSOR_INVALID');
    expect(message).toContain(why);
  });

  it('refuses one that was made for somebody else', () => {
    const others = installation.of('bob').encode(cursor);
    expect(refusalOf(() => cursors.decode(others, expected)).message).toContain('somebody else');
    expect(installation.of('bob').decode(others, expected)).toEqual(cursor);
  });

  it('refuses one that was made without the installation’s secret', () => {
    const invented = new Cursors('0b6c5b9e-1111-4222-8333-444455556666', 'guess').of('ann').encode(cursor);
    expect(refusalOf(() => cursors.decode(invented, expected)).code).toBe('CURSOR_INVALID');
  });

  it('refuses one of another log, whoever signed it', () => {
    const other = '9c6c5b9e-1111-4222-8333-444455556666';
    expect(
      refusalOf(() => cursors.decode(new Cursors(other, 'other secret').of('ann').encode(cursor), expected)).message,
    ).toContain('another log');
    const [one, two] = [new Cursors('0b6c5b9e-1', 'secret').of('ann'), new Cursors(other, 'secret').of('ann')];
    expect(refusalOf(() => one.decode(two.encode(cursor), expected)).message).toContain('another log');
  });
});
