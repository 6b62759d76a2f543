import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { LogFold } from '#read-models/build/log-fold.js';
import { StoreBuilder } from '#read-models/sqlite/build/store-builder.js';
import { FileVersions } from '#read-models/sqlite/build/stored-versions.js';
import { dump } from '#read-models/sqlite/compare-stores.js';
import { Projection } from '#read-models/sqlite/projection.js';
import { openSqliteReadModels } from '#read-models/sqlite/sqlite-read-models.js';
import { openStoreForReading, openStoreForWriting } from '#read-models/sqlite/store-file.js';
import { storeFileName } from '#read-models/sqlite/stores.js';
import { projections as group, registry } from './fixtures/read-store-projections.mjs';
import { LateSink } from './late-sink.js';
import { readStoreContract, type ReadStoreUnderTest, rebuiltStoreContract } from './read-store.contract.js';
import { BEGINNING } from './read-store.events.js';

async function open(): Promise<ReadStoreUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'caseledger-read-'));
  const log = await openSqliteLog({ folder, clock: () => new Date(BEGINNING) });
  const warnings: string[] = [];
  const readModels = await openSqliteReadModels({
    ...{ folder, log, group, registry },
    logHandle: () => log.readerHandle(),
    projections: new URL('./fixtures/bundled/read-store-projections.mjs', import.meta.url),
    readWaitMs: 200,
    warn: (message) => warnings.push(message),
  });
  const rowsOf = (db: ReturnType<typeof openStoreForReading>): string[] => {
    try {
      return [...dump(db)].map(({ table, key, row }) => `${table} ${key.join()} ${row}`);
    } finally {
      db.close();
    }
  };
  let built = 0;
  return {
    ...{ log, readModels, warnings },
    rows: () => Promise.resolve(rowsOf(openStoreForReading(join(folder, storeFileName(group))))),
    async build(batches) {
      const db = openStoreForWriting(join(folder, `built-${built++}.sqlite`), group, await log.identity());
      const projection = new Projection(db, group, registry);
      for (const batch of batches) projection.apply(batch);
      return rowsOf(db);
    },
    async rebuild({ late, ...pace }) {
      const file = join(folder, `rebuilt-${built++}.sqlite`);
      const builder = new StoreBuilder(file, group, await log.identity());
      try {
        const sink = new LateSink((batch) => builder.write(batch), late);
        const { place, refused } = await new LogFold({
          ...pace,
          stored: new FileVersions(file),
          group,
          registry,
          log,
          sink,
        }).run();
        await sink.flush();
        builder.finish(place);
        return { rows: rowsOf(openStoreForReading(file)), refused };
      } finally {
        builder.close();
      }
    },
    async destroy() {
      await readModels.close();
      await log.close();
      await rm(folder, { recursive: true });
    },
  };
}

readStoreContract('SQLite', open);
rebuiltStoreContract('SQLite', open, 25);
