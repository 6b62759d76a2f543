import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { compareStores } from '#read-models/sqlite/compare-stores.js';
import { rebuildStore } from '#read-models/sqlite/rebuild.js';
import { openSqliteReadModels } from '#read-models/sqlite/sqlite-read-models.js';
import { storeFileName } from '#read-models/sqlite/stores.js';
import { BEGINNING } from './read-store.events.js';
import { readStoresContract } from './read-stores.contract.js';

readStoresContract('a folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'caseledger-stores-'));
  const log = await openSqliteLog({ folder, clock: () => new Date(BEGINNING) });
  return {
    log,
    open: (options) => openSqliteReadModels({ ...options, folder, logHandle: () => log.readerHandle() }),
    name: (version, generation) => storeFileName({ version }, generation),
    stores: async () => (await readdir(folder)).filter((name) => /^read-.*\.sqlite$/.test(name)).sort(),
    async leaveHalf() {
      for (const name of ['', '-wal', '-shm']) await writeFile(join(folder, `read-1.sqlite.building${name}`), 'half');
    },
    halves: async () => (await readdir(folder)).filter((name) => name.includes('building')),
    async differs(store, projections) {
      const file = join(folder, 'again.sqlite');
      await rebuildStore({ file, logFile: log.file, logId: await log.identity(), projections });
      return compareStores(join(folder, store), file);
    },
    async destroy() {
      await log.close();
      await rm(folder, { recursive: true });
    },
  };
});
