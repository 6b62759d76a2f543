import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projections as group } from '../../../../test/contracts/fixtures/read-store-projections.mjs';
import { canMount, smallDisk } from '../../../../test/crash/disks.js';
import { QueryThreads } from './query-threads.js';
import { openStoreForWriting } from './store-file.js';

const counting = (to: number, goesOn = '1') =>
  `WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ${to} AND ${goesOn}) SELECT 7, '[' || max(x) || ']' FROM n`;
/** Would count for weeks. */
const ENDLESS = counting(1e12, '(x & 255 <> 0 OR in_time())');
/** Seconds of work that never asks whether it may go on. */
const DEAF = counting(20_000_000);

const projections = new URL('../../../../test/contracts/fixtures/bundled/read-store-projections.mjs', import.meta.url);

describe('reader threads', () => {
  let folder: string;
  let threads: QueryThreads;

  const open = async (timeLimitMs: number, mostWaiting = 10) => {
    folder = await mkdtemp(join(tmpdir(), 'caseledger-threads-'));
    const file = join(folder, 'read.sqlite');
    const group = { version: 1, category: 'case', models: [], access: new Map(), told: { gained: '', lost: '' } };
    openStoreForWriting(file, group, 'log').close();
    threads = new QueryThreads({ file, projections: '', threads: 1, timeLimitMs, mostWaiting });
  };
  afterEach(async () => {
    await threads.close();
    await rm(folder, { recursive: true });
  });

  it('answer one after another', async () => {
    await open(20_000);
    const answers = [1, 2, 3].map((to) => threads.run(counting(to), []));
    expect(await Promise.all(answers)).toEqual([
      [7, '[1]'],
      [7, '[2]'],
      [7, '[3]'],
    ]);
    expect(await threads.run('SELECT ?, ?', [1, 'x'])).toEqual([1, 'x']);
  });

  it('end a query at the time limit and go on', async () => {
    await open(200);
    await expect(threads.run(ENDLESS, [])).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: 'The query took longer than 0.2 s and was ended; narrow the filter, or ask for the default order.',
    });
    expect(await threads.run(counting(5), [])).toEqual([7, '[5]']);
  });

  it('serve by another thread while one does not notice the time limit', async () => {
    await open(100);
    const deaf = threads.run(DEAF, []);
    await expect(deaf).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
    expect(await threads.run(counting(5), [])).toEqual([7, '[5]']);
  });

  it('refuse what would wait behind too many, or for too long', async () => {
    await open(300, 1);
    const running = expect(threads.run(ENDLESS, [])).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
    // As long as the one before it may run, which begins only when its thread has started.
    const waiting = expect(threads.run(counting(1), [])).rejects.toMatchObject({
      code: 'OVERLOADED',
      message: 'The query waited longer than 0.3 s behind other long ones; try again, and send fewer at once.',
    });
    await expect(threads.run(counting(1), [])).rejects.toMatchObject({
      code: 'OVERLOADED',
      message: '1 long queries wait already; try again, and send fewer at once.',
    });
    await Promise.all([running, waiting]);
  });

  it('tell what is wrong with a statement, and go on', async () => {
    await open(20_000);
    await expect(threads.run('SELECT unheard_of', [])).rejects.toThrow('no such column: unheard_of');
    expect(await threads.run(counting(2), [])).toEqual([7, '[2]']);
  });

  (canMount ? it : it.skip)('refuse a search while there is no space for its index, and go on', () =>
    smallDisk(8)(async (disk) => {
      await open(20_000);
      const [file, ballast] = [join(disk, 'read-1.sqlite'), join(disk, 'ballast')];
      // Open as the projector's: else not even a reader's own files could be made.
      const store = openStoreForWriting(file, group, 'log');
      await expect(writeFile(ballast, Buffer.alloc(9 * 1_048_576))).rejects.toMatchObject({ code: 'ENOSPC' });
      const searching = { ...{ projections: projections.href, threads: 1 }, timeLimitMs: 20_000, mostWaiting: 10 };
      const searches = new QueryThreads({ file, ...searching });
      const count = () => searches.run('SELECT 7, sequence FROM search.progress', [], true);
      try {
        const refused = {
          code: 'UNAVAILABLE',
          message: expect.stringContaining("The disk of the server's read models") as string,
        };
        await expect(count()).rejects.toMatchObject(refused);
        await expect(count()).rejects.toMatchObject(refused);
        await rm(ballast);
        expect(await count()).toEqual([7, 0]);
      } finally {
        await searches.close();
        store.close();
      }
    }),
  );

  it('end what runs and refuse everything else once they are closed', async () => {
    await open(600_000);
    await threads.run(counting(1), []);
    const refused = { code: 'UNAVAILABLE' };
    const running = expect(threads.run(ENDLESS, [])).rejects.toMatchObject(refused);
    const waiting = expect(threads.run(counting(1), [])).rejects.toMatchObject(refused);
    await threads.close();
    await Promise.all([running, waiting]);
    await expect(threads.run(counting(1), [])).rejects.toMatchObject(refused);
  });

  it('refuse what waits for a thread to start once they are closed', async () => {
    await open(600_000);
    const waiting = expect(threads.run(counting(1), [])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await threads.close();
    await waiting;
  });
});
