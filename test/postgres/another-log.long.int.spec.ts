import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { EVERYTHING } from '#read-models/access-filter.js';
import { until } from '../contracts/until.js';
import { inADatabase } from './in-a-database.js';

/** A server that is set to the database of another installation. */
await inADatabase((here) => {
  const { current, open, somebody, warnings } = here;

  /** The log of another installation; closed when that is done, with the server on it. */
  async function withAnotherLog(use: (log: Awaited<ReturnType<typeof openSqliteLog>>) => Promise<void>): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'caseledger-postgres-log-'));
    const log = await openSqliteLog({ folder });
    try {
      await use(log);
    } finally {
      await here.other?.close();
      here.other = undefined;
      await log.close();
      await rm(folder, { recursive: true });
    }
  }

  it.each([true, false])('shows nothing of the log of another server (takes over: %s)', async (writes) => {
    here.running = await open();
    await somebody();
    await current();
    await withAnotherLog(async (log) => {
      here.other = await open(here.url, log, { writes });
      await until(() => here.other!.status().state === 'failed');
      expect(here.other.status()).toMatchObject({ sequence: 0, failure: { message: warnings[0] } });
      expect(warnings).toEqual([expect.stringMatching(/^The read models in this database are of another log \(/)]);
      const read = here.other.session(EVERYTHING).events({ after: 0, first: 10 });
      await expect(read).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect(await here.other.projections()).toEqual([]);
      await expect(here.other.pause()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect(here.running!.status().state).toBe('live');
      await current();
    });
  });

  it('tries to take over what it cannot ever more seldom, and says so each time', async () => {
    here.running = await open();
    await current();
    const tried = () => warnings.filter((one) => one.startsWith('The read models cannot be taken over:')).length;
    await withAnotherLog(async (log) => {
      here.other = await open(here.url, log);
      await here.running!.close();
      const at: number[] = [];
      for (let n = 1; n <= 3; n++) {
        await until(() => tried() >= n);
        at.push(performance.now());
      }
      // One second, then two; it looks every 400 ms.
      expect(at[1] - at[0]).toBeGreaterThan(800);
      expect(at[2] - at[1]).toBeGreaterThan(1_600);
      // Whoever can is not held up.
      here.running = await open();
      await until(() => here.running!.isActive);
      await somebody();
      await current();
    });
  });
});
