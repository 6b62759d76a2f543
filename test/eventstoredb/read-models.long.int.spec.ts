import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventStoreLog, openEventStoreLog } from '#event-sourcing/log/eventstoredb/event-store-log.js';
import { type ReadModels } from '#read-models/read-models.js';
import { openSqliteReadModels } from '#read-models/sqlite/sqlite-read-models.js';
import { all } from '../contracts/event-log.events.js';
import { projections as group, registry } from '../contracts/fixtures/read-store-projections.mjs';
import { happening, opened, Recorder } from '../contracts/read-store.events.js';
import { aDouble } from './a-server.js';
import { QUICK } from './quick.js';

describe('read models of a log on a server', () => {
  let server: Awaited<ReturnType<typeof aDouble>>;
  let folder: string;
  let log: EventStoreLog;
  let readModels: ReadModels;

  beforeAll(async () => {
    server = await aDouble();
    folder = await mkdtemp(join(tmpdir(), 'caseledger-read-models-'));
    log = await openEventStoreLog({ ...QUICK, url: server.url, prefix: server.prefix });
  });
  afterAll(async () => {
    await readModels.close();
    await log.close();
    await server.end();
    await rm(folder, { recursive: true });
  });

  it('tell how far they are while they are built, by the place of an event', async () => {
    const recorder = await Recorder.of(log);
    const id = randomUUID();
    await recorder.record(opened(id));
    for (let n = 0; n < 12; n++)
      await recorder.record(...Array.from({ length: 500 }, () => happening(id, 'CaseMentioned')));
    readModels = await openSqliteReadModels({
      ...{ log, group, registry, folder, rebuildBeyond: 0 },
      logHandle: () => log.readerHandle(),
      projections: new URL('../contracts/fixtures/bundled/read-store-projections.mjs', import.meta.url),
    });
    let [building] = await readModels.projections();
    while (building.sequence === 0) [building] = await readModels.projections();
    const { sequence } = building;
    const { position } = (await all(log.readAll()))[sequence - 1];
    expect(building).toMatchObject({
      ...{ state: 'building', position, build: { events: sequence } },
      lag: { events: recorder.head - sequence },
    });
  });
});
