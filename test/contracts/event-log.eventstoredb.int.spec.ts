import { openEventStoreLog } from '#event-sourcing/log/eventstoredb/event-store-log.js';
import { aServer } from '../eventstoredb/a-server.js';
import { eventLogContract } from './event-log.contract.js';

eventLogContract('EventStoreDB', async () => {
  const server = await aServer();
  const open = () => openEventStoreLog(server);
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
      await server.end();
    },
  };
});
