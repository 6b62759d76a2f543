import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { copyLog, CopyRefused, type CopyTarget } from '#event-sourcing/log/copying/copy-log.js';
import { type EventLog, type EventLogReader, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { openEventStoreLog } from '#event-sourcing/log/eventstoredb/event-store-log.js';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { addCase, makeExampleLog } from '../builders/example-log.js';
import { aServer, type AServer } from '../eventstoredb/a-server.js';
import { all } from './event-log.events.js';

/** An event without where its engine keeps it. */
const content = ({ position: _, ...rest }: StoredEvent) => rest;
const contents = async (log: EventLogReader) => (await all(log.readAll())).map(content);

describe('copying a log', () => {
  let folder: string;
  let server: AServer;
  let source: EventLog;
  let first: StoredEvent;
  let made = 0;
  const open: EventLog[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caseledger-copy-'));
    server = await aServer();
    await makeExampleLog(join(folder, 'source.sqlite'));
    source = await openSqliteLog({ file: join(folder, 'source.sqlite') });
    [first] = await all(source.readAll({ limit: 1 }));
  });
  afterAll(async () => {
    await Promise.all([source, ...open].map((log) => log.close()));
    await server.end();
    await rm(folder, { recursive: true });
  });

  const sqlite = async (begin: StoredEvent | null = first): Promise<CopyTarget> => {
    const log = await openSqliteLog({ file: join(folder, `copy-${made++}.sqlite`), first: begin ?? undefined });
    open.push(log);
    return { log, appendsAtOnce: 500 };
  };
  const eventStore = async (begin: StoredEvent | null = first): Promise<CopyTarget> => {
    const { url, prefix } = server;
    const log = await openEventStoreLog({ url, prefix: `${prefix.slice(0, -1)}${made++}:`, first: begin ?? undefined });
    open.push(log);
    return { log, appendsAtOnce: 1 };
  };
  /** The same log, which is gone after so many events. */
  const brokenOff = (log: EventLog, after: number): EventLogReader =>
    Object.assign(Object.create(log) as EventLog, {
      async *readAll(options?: object) {
        let left = after;
        for await (const page of log.readAll(options)) {
          for (const event of page) {
            if (left-- === 0) throw new Error('It is gone.');
            yield [event];
          }
        }
      },
    });

  it('keeps bytes, ids, sequences, times and hashes, there and back', async () => {
    const there = await eventStore();
    const shown: object[] = [];
    const copied = await copyLog(source, there, (progress) => shown.push(progress));
    expect(copied).toBeGreaterThan(50);
    expect(shown).toContainEqual({ copied, of: copied });
    expect(await contents(there.log)).toEqual(await contents(source));
    const back = await sqlite();
    await copyLog(there.log, back);
    expect(await contents(back.log)).toEqual(await contents(source));
    expect(await back.log.identity()).toBe(await source.identity());
  });

  it.each([
    ['EventStoreDB', eventStore],
    ['SQLite', sqlite],
  ])('goes on where it was broken off, to %s, and again for what was recorded since', async (_, target) => {
    const there = await target();
    for (const after of [1, 7, 30]) {
      await expect(copyLog(brokenOff(source, after), there)).rejects.toThrow('It is gone.');
      expect((await there.log.head()).sequence).toBeLessThanOrEqual(after);
    }
    await copyLog(source, there);
    await addCase(source);
    await copyLog(source, there);
    await copyLog(source, there);
    expect(await contents(there.log)).toEqual(await contents(source));
  });

  it('refuses a place that is another log’s, or has gone on by itself', async () => {
    await expect(copyLog(source, await sqlite(null))).rejects.toThrow(/another one already/);
    const there = await sqlite();
    await copyLog(source, there);
    await there.log.append('case-own', [first], 'none');
    await expect(copyLog(source, there)).rejects.toThrow(/more than the \d+ of the one to copy/);
    await expect(copyLog(source, await eventStore(null))).rejects.toThrow(CopyRefused);
  });

  it('names the first event that was altered, in the log to copy as in the copy', async () => {
    const alter = (file: string) => {
      const db = new DatabaseSync(join(folder, file));
      db.exec(`UPDATE events SET payload = replace(payload, '"', '" ') WHERE sequence = 20`);
      db.close();
    };
    const there = await sqlite();
    await copyLog(source, there);
    alter(`copy-${made - 1}.sqlite`);
    await expect(copyLog(source, there)).rejects.toThrow(/^Event 20 \(.*\) has another payload in the log .* no copy/);
    await expect(copyLog(there.log, await eventStore())).rejects.toThrow(/^Event 20 .* was altered\. Restore/);
  });
});
