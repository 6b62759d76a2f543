import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLogReader } from '#event-sourcing/log/sqlite/reader.js';
import { LOG_FILE } from '#event-sourcing/log/sqlite/log-file.js';
import { projections } from '#investigation/projections.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { type RowDifference } from '#read-models/row-differences.js';
import { compareStores } from '#read-models/sqlite/compare-stores.js';
import { rebuildStore } from '#read-models/sqlite/rebuild.js';
import { storeFileName } from '#read-models/sqlite/stores.js';

/** The first row in which a folder's read models differ from ones built anew from its log; null if there is none. */
export async function readModelsDiffer(folder: string): Promise<RowDifference | null> {
  const parent = await mkdtemp(join(tmpdir(), 'caseledger-test-'));
  const logFile = join(folder, LOG_FILE);
  const log = openSqliteLogReader({ file: logFile });
  try {
    const rebuilt = join(parent, storeFileName(projections));
    await rebuildStore({ file: rebuilt, logFile, logId: await log.identity(), projections: projectionsModule() });
    return compareStores(join(folder, storeFileName(projections)), rebuilt);
  } finally {
    await log.close();
    await rm(parent, { recursive: true, force: true });
  }
}
