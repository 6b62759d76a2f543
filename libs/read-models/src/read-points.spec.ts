import { type Access } from './queries/access-sql.js';
import { ReadPoints, type ReadContext } from './read-points.js';

describe('a moment that the store was told to have come to, and holds no more', () => {
  const context = {
    store: { run: () => Promise.resolve({ rows: [] }) },
    statements: { get: () => ({}) },
    log: { head: () => Promise.resolve({ sequence: 1_000, position: '1000' }) },
    waitFor: () => Promise.resolve('CURRENT'),
  } as unknown as ReadContext;
  const points = new ReadPoints(context, {} as Access);

  it.each([
    ['read at', () => points.at({ sequence: 995 })],
    ['gone on from', () => points.wasRecorded(995, 1)],
  ])('is waited for where it is %s', async (_, ask) => {
    await expect(ask()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('995') as string,
    });
  });
});
