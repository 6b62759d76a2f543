import { randomUUID } from 'node:crypto';
import { mkdtemp, open, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import { sealEvent } from '#event-sourcing/envelope.js';
import { openSqliteLog, type SqliteEventLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { ann } from '../../../../test/builders/actors.js';
import { projections as group, registry } from '../../../../test/contracts/fixtures/read-store-projections.mjs';
import { ReadStoreCannotOpen } from '../read-models.js';
import { compareStores } from './compare-stores.js';
import { rebuildStore } from './rebuild.js';
import { type KeptReadModels } from '../keeping/kept-read-models.js';
import { openSqliteReadModels } from './sqlite-read-models.js';

/** Starting on a file that is not what it should be: one sentence with the cause and the remedy. */
describe('the read store file', () => {
  const projections = new URL(
    '../../../../test/contracts/fixtures/bundled/read-store-projections.mjs',
    import.meta.url,
  );
  let folder: string;
  let file: string;
  let log: SqliteEventLog;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caseledger-store-'));
    file = join(folder, 'read-1.sqlite');
    log = await openSqliteLog({ folder });
  });
  afterEach(async () => {
    await log.close();
    await rm(folder, { recursive: true });
  });

  const openIn = (into: string, from: SqliteEventLog, version = 1): Promise<KeptReadModels> =>
    openSqliteReadModels({
      ...{ folder: into, log: from, group: { ...group, version }, registry },
      logHandle: () => from.readerHandle(),
      projections,
      warn: () => undefined,
    });
  const record = async (to: SqliteEventLog, ...titles: string[]) => {
    for (const title of titles) {
      const stream = `case-${randomUUID()}`;
      const ids = { id: randomUUID(), correlationId: 'c', causationId: 'c', commandId: null, commandHash: null };
      const recordedAt = new Date().toISOString();
      const event = { ...ids, type: 'CaseOpened', schemaVersion: 1, stream, revision: 0, recordedAt, actor: ann };
      await to.append(stream, [sealEvent({ ...event, previousHash: null }, { title })], 'none');
    }
  };
  /** Opens, waits until it is current, closes. */
  const build = async () => {
    const readModels = await openIn(folder, log);
    expect(await readModels.waitFor((await log.head()).sequence, 20_000)).toBe('CURRENT');
    await readModels.close();
  };
  const rebuilt = async (into: string) =>
    rebuildStore({ file: into, logFile: log.file, logId: await log.identity(), projections });
  const refusal = async (): Promise<string> => {
    const error: unknown = await openIn(folder, log).then(
      (readModels) => readModels.close(),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ReadStoreCannotOpen);
    return (error as Error).message;
  };
  const remedy = () => `delete ${file} (with ${file}-wal and ${file}-shm, if they are there) and start again`;

  it('goes on where it stood', async () => {
    await record(log, 'a', 'b');
    await build();
    await record(log, 'c');
    await build();
    await rebuilt(join(folder, 'again.sqlite'));
    expect(compareStores(file, join(folder, 'again.sqlite'))).toBeNull();
  });

  it('is compared row by row', async () => {
    await record(log, 'a', 'b');
    await build();
    const other = join(folder, 'again.sqlite');
    await rebuilt(other);
    const db = new DatabaseSync(other);
    db.exec(`UPDATE cases SET title = 'x' WHERE title = 'b'`);
    const title = { field: 'title', first: 'b', second: 'x' };
    expect(compareStores(file, other)).toEqual({
      ...{ table: 'cases', key: [3072], id: expect.any(String) as string, only: null, fields: [title] },
    });
    db.exec(`UPDATE cases SET title = 'b' WHERE title = 'x'; DELETE FROM streams WHERE key = 3072`);
    db.close();
    const missing = { table: 'streams', key: [3072], id: null, fields: [] };
    expect(compareStores(file, other)).toEqual({ ...missing, only: 'first' });
    expect(compareStores(other, file)).toEqual({ ...missing, only: 'second' });
  });

  it('is rebuilt once it is deleted, its side files left behind or not', async () => {
    await record(log, 'a', 'b');
    await build();
    await unlink(file);
    await writeFile(`${file}-wal`, 'left behind');
    await build();
    await rebuilt(join(folder, 'again.sqlite'));
    expect(compareStores(file, join(folder, 'again.sqlite'))).toBeNull();
  });

  it('of another log is refused', async () => {
    await build();
    const logId = await log.identity();
    const other = await openSqliteLog({ file: join(folder, 'other.sqlite') });
    const otherId = await other.identity();
    await expect(openIn(folder, other)).rejects.toThrow(
      `The read store ${file} was built from another log (${logId}; this one is ${otherId}): ${remedy()}`,
    );
    await other.close();
  });

  it('ahead of the log, or beside it, is refused: a backup was restored', async () => {
    const backup = join(folder, 'backup.sqlite');
    await record(log, 'a');
    await log.close();
    new DatabaseSync(join(folder, 'log.sqlite')).exec(`VACUUM INTO '${backup}'`);
    log = await openSqliteLog({ folder });
    await record(log, 'b', 'c');
    await build();
    await log.close();
    log = await openSqliteLog({ file: backup });
    expect(await refusal()).toBe(
      `The read store ${file} stands at sequence 4, and the log ends at 2 (was a backup restored?): ${remedy()}: it is rebuilt from the log.`,
    );
    await record(log, 'd', 'e', 'f');
    expect(await refusal()).toContain('has another event at sequence 4 than the log (was a backup restored?)');
  });

  it('that is damaged is refused', async () => {
    await record(log, 'a');
    await build();
    const handle = await open(file, 'r+');
    await handle.write('this is no database', 0);
    await handle.close();
    expect(await refusal()).toBe(
      `The read store ${file} is damaged (file is not a database): ${remedy()}: it is rebuilt from the log.`,
    );
    await unlink(file);
    await build();
    await truncate(file, 8_192);
    expect(await refusal()).toContain(`The read store ${file} is damaged (database disk image is malformed): delete`);
  });

  it('that does not hold what its checkpoint says is refused', async () => {
    await record(log, 'a');
    await build();
    const db = new DatabaseSync(file);
    db.exec('DELETE FROM events WHERE sequence = 2');
    db.close();
    expect(await refusal()).toContain('does not hold what its checkpoint says: delete');
  });

  it('of other tables under the same version, or of another program, is refused and left as it is', async () => {
    await build();
    const db = new DatabaseSync(file);
    db.exec(`UPDATE checkpoint SET fingerprint = 'of yesterday'`);
    db.close();
    expect(await refusal()).toContain('has other tables than version 1 of the read models has now: delete');
    await unlink(file);
    const foreign = new DatabaseSync(file);
    foreign.exec('CREATE TABLE mine (x)');
    foreign.close();
    expect(await refusal()).toBe(
      `${file} is another program's SQLite database: move it away, or set DATA_DIR to another folder.`,
    );
  });

  it('is not built by a module that cannot be loaded', async () => {
    const missing = pathToFileURL(join(folder, 'missing.mjs'));
    const opening = openSqliteReadModels({
      ...{ folder, log, group, registry, projections: missing, warn: () => undefined },
      logHandle: () => log.readerHandle(),
    });
    await expect(opening).rejects.toThrow(ReadStoreCannotOpen);
    await expect(opening).rejects.toThrow(`Cannot find module '${join(folder, 'missing.mjs')}'`);
  });

  it('in a folder that is not there is refused', async () => {
    const nowhere = join(folder, 'nowhere');
    await expect(openIn(nowhere, log)).rejects.toThrow(
      `The read store ${join(nowhere, 'read-1.sqlite')} cannot be written (Failed to open database: unable to open database file): make ${nowhere} exist`,
    );
  });
});
