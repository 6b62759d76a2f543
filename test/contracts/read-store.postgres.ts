import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { LogFold } from '#read-models/build/log-fold.js';
import { connect, transaction } from '#read-models/postgres/connection.js';
import { LoadedVersions } from '#read-models/postgres/loaded-versions.js';
import { openPostgresReadModels } from '#read-models/postgres/postgres-read-models.js';
import { PostgresProjection } from '#read-models/postgres/projection.js';
import { StoreBuilder } from '#read-models/postgres/store-builder.js';
import { createStore } from '#read-models/postgres/store-schema.js';
import { type APostgres } from '../postgres/a-postgres.js';
import { rowsIn } from '../postgres/rows-in.js';
import { projections as group, registry } from './fixtures/read-store-projections.mjs';
import { LateSink } from './late-sink.js';
import { type ReadStoreUnderTest } from './read-store.contract.js';
import { BEGINNING } from './read-store.events.js';

/** Opens a read store in an empty database of its own. */
export async function openPostgresReadStore(postgres: APostgres): Promise<ReadStoreUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'caseledger-read-'));
  const log = await openSqliteLog({ folder, clock: () => new Date(BEGINNING) });
  const logId = await log.identity();
  const url = await postgres.database();
  const warnings: string[] = [];
  const readModels = await openPostgresReadModels({
    ...{ url, log, group, registry },
    logHandle: () => log.readerHandle(),
    projections: new URL('./fixtures/bundled/read-store-projections.mjs', import.meta.url),
    readWaitMs: 200,
    warn: (message) => warnings.push(message),
  });
  let built = 0;
  return {
    ...{ log, readModels, warnings },
    rows: () => rowsIn(url, 'caseledger_read_1'),
    async build(batches) {
      const schema = `built_${built++}`;
      const client = await connect(url);
      await transaction(client, () => createStore(client, schema, group, logId));
      await client.end();
      const projection = new PostgresProjection({ url, schema }, group, registry, logId);
      await projection.reopen();
      for (const batch of batches) await projection.apply(batch);
      await projection.close();
      return rowsIn(url, schema);
    },
    async rebuild({ late, ...pace }) {
      const schema = `rebuilt_${built++}`;
      const builder = await StoreBuilder.begin(url, schema, group, logId);
      try {
        const stored = new LoadedVersions(await connect(url, builder.unfinished), group);
        const sink = new LateSink((batch) => builder.write(batch), late);
        const { place, refused } = await new LogFold({ ...pace, stored, group, registry, log, sink }).run();
        await sink.flush();
        await builder.finish(place);
        return { rows: await rowsIn(url, schema), refused };
      } finally {
        await builder.close();
      }
    },
    async destroy() {
      await readModels.close();
      await log.close();
      await rm(folder, { recursive: true });
    },
  };
}
