import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseSyncInstance } from '@photostructure/sqlite';
import { sealEvent } from '#event-sourcing/envelope.js';
import { LogUnavailable } from '#event-sourcing/log/errors.js';
import { openSqliteLog, type SqliteEventLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { ann } from '../../../../test/builders/actors.js';
import { projections as group, registry } from '../../../../test/contracts/fixtures/read-store-projections.mjs';
import { type ReadModelsStatus } from '../read-models.js';
import { Projection } from './projection.js';
import { Projector } from '../projecting/projector.js';
import { faultsOf } from './store-error.js';
import { openStoreForWriting } from './store-file.js';

/** What a projector does with what its engine throws; the rest is the contract's. */
describe('the projector on a disk that is full, or whose log is away', () => {
  let folder: string;
  let log: SqliteEventLog;
  let db: DatabaseSyncInstance;
  let projector: Projector;
  const told: ReadModelsStatus[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caseledger-full-'));
    log = await openSqliteLog({ folder });
    const file = join(folder, 'read-1.sqlite');
    db = openStoreForWriting(file, group, await log.identity());
    const report = (status: ReadModelsStatus) => told.push(status);
    projector = new Projector(log, new Projection(db, group, registry), {
      faults: faultsOf(file),
      report,
      retryAfterMs: 1,
    });
    await projector.start();
  });
  afterAll(async () => {
    await projector.stop();
    db.close();
    await log.close();
    await rm(folder, { recursive: true });
  });

  const record = async (text: string) => {
    const [stream, id] = [`case-${randomUUID()}`, randomUUID()];
    const ids = { id, correlationId: id, causationId: id, commandId: null, commandHash: null, previousHash: null };
    const recordedAt = new Date().toISOString();
    const event = { ...ids, type: 'CaseOpened', schemaVersion: 1, stream, revision: 0, recordedAt, actor: ann };
    await log.append(stream, [sealEvent(event, { title: text })], 'none');
  };
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise(setImmediate);
  };

  it('stops with nothing of the batch written, tries again by itself, and has lost nothing', async () => {
    await record('before');
    await until(() => projector.status().sequence === 2);
    const { page_count: count } = db.prepare('PRAGMA page_count').get() as { page_count: number };
    db.exec(`PRAGMA max_page_count = ${count}`);
    await record('x'.repeat(100_000));
    await until(() => told.filter(({ state }) => state === 'failed').length >= 3);
    expect(projector.status()).toMatchObject({ sequence: 2, failure: { eventId: null, code: null } });
    expect(told.findLast(({ failure }) => failure)!.failure!.message).toBe(
      `The disk that holds the read store ${join(folder, 'read-1.sqlite')} is full: free some space on it; nothing recorded is lost.`,
    );
    db.exec('PRAGMA max_page_count = 1000000');
    await until(() => projector.status().sequence === 3);
    expect(projector.status()).toMatchObject({ state: 'live', failure: null, behindSince: null });
  });

  it('is stopped for good though it has just begun to wait for a log that is away', async () => {
    let isAsked = false;
    const away = { head: () => ((isAsked = true), new Promise<never>(() => undefined)) };
    const store = new Projection(db, group, registry);
    const waiting = new Projector(Object.assign(Object.create(log) as SqliteEventLog, away), store, {
      faults: faultsOf('the store'),
      report: () => undefined,
    });
    const started = waiting.start();
    await until(() => isAsked);
    waiting.end();
    await started;
    await waiting.stop();
    expect(waiting.status().failure).toBeNull();
  });

  it('does not try again by itself once it is stopped by hand', async () => {
    const { page_count: count } = db.prepare('PRAGMA page_count').get() as { page_count: number };
    db.exec(`PRAGMA max_page_count = ${count}`);
    await record('x'.repeat(100_000));
    await until(() => projector.status().state === 'failed');
    await projector.pause();
    const before = told.length;
    db.exec('PRAGMA max_page_count = 1000000');
    // Many times longer than it waits before it tries again.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(told.length).toBe(before);
    await projector.start();
    await until(() => projector.status().sequence === 4);
  });

  it('goes on by itself when the log was away, whether it had begun or was about to', async () => {
    await projector.pause();
    const away = new LogUnavailable('The log server cannot be reached: start it.');
    jest.spyOn(log, 'head').mockRejectedValueOnce(away);
    jest.spyOn(log, 'follow').mockImplementationOnce(() => {
      throw away;
    });
    told.length = 0;
    await projector.start();
    await record('meanwhile');
    await until(() => projector.status().sequence === 5);
    const failures = told.flatMap(({ failure }) => failure?.message ?? []);
    expect(failures).toEqual([away.message, away.message]);
    expect(projector.status()).toMatchObject({ state: 'live', failure: null });
  });

  it('does not open its store any more where it was stopped while it asked where the log stands', async () => {
    const reopen = jest.fn(() => Promise.resolve());
    const projection = Object.assign(new Projection(db, group, registry), { reopen });
    const stopped = new Projector(log, projection, { faults: faultsOf('nowhere'), report: () => undefined });
    const starting = stopped.start();
    await stopped.stop();
    await starting;
    expect(reopen).not.toHaveBeenCalled();
  });
});
