import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { eventLogContract } from './event-log.contract.js';

eventLogContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'caseledger-log-'));
  const open = () =>
    openSqliteLog({
      folder,
      onFatal: (error) => {
        throw error;
      },
    });
  let log = await open();
  return {
    get log() {
      return log;
    },
    async reopen() {
      await log.close();
      return (log = await open());
    },
    openFollowers: () => log.openFollowers,
    async destroy() {
      await log.close();
      await rm(folder, { recursive: true });
    },
  };
});
