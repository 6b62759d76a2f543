import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { projectorWorker } from '../projecting/projector-worker.js';

const projections = new URL('../../../../test/contracts/fixtures/bundled/read-store-projections.mjs', import.meta.url)
  .href;

describe("a projector's thread", () => {
  it('lets go of the log and ends where its store cannot be opened', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'caseledger-refused-'));
    const log = await openSqliteLog({ folder });
    const worker = projectorWorker('libs/read-models/src/sqlite/projector-thread', { projections, isRemote: false });
    const ended = once(worker, 'exit').then(() => true);
    try {
      const handle = log.readerHandle();
      // The log itself, which is none.
      worker.postMessage({ store: log.file, log: handle, logId: await log.identity() }, [handle.wake]);
      expect(await once(worker, 'message')).toEqual([
        { refused: expect.stringContaining("is another program's SQLite database") as string, isPassing: false },
      ]);
      expect(await Promise.race([ended, delay(2_000, false)])).toBe(true);
    } finally {
      await worker.terminate();
      await log.close();
      await rm(folder, { recursive: true });
    }
  });
});
