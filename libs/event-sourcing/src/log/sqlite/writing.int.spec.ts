import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { type Worker } from 'node:worker_threads';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { all, eventOf, eventsOf, idsOf, newStream } from '../../../../../test/contracts/event-log.events.js';
import { LogOverloaded, LogUnavailable, WrongExpectedRevision } from '../errors.js';
import { type NewEvent } from '../event-log.js';
import { packageRoot } from '../../package-root.js';
import { Answer, NONE } from './append-messages.js';
import { openSqliteLogReader } from './reader.js';
import { openSqliteLog, type SqliteEventLog, type SqliteLogOptions } from './sqlite-event-log.js';
import { Writer } from './writer.js';

let folder: string;
let log: SqliteEventLog;
let fatal: Promise<Error>;

async function open(options: Partial<SqliteLogOptions> = {}): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'caseledger-write-'));
  let onFatal: (error: Error) => void;
  fatal = new Promise((resolve) => (onFatal = resolve));
  log = await openSqliteLog({ folder, onFatal: (error) => onFatal(error), ...options });
}
afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

const sequences = async () => (await all(log.readAll())).map(({ sequence }) => sequence);

describe('the writer', () => {
  it('applies appends of one stream in the order they were made, without waiting for one another', async () => {
    await open();
    const stream = newStream();
    const events = eventsOf(stream, 0, 500);
    const results = await Promise.all(events.map((event, n) => log.append(stream, [event], n === 0 ? 'none' : n - 1)));
    expect(results.map(({ firstRevision }) => firstRevision)).toEqual(events.map((_, n) => n));
    expect(idsOf(await all(log.readStream(stream)))).toEqual(idsOf(events));
  });

  it('judges conflicts and repeats against the appends before them in the same group', async () => {
    await open();
    const stream = newStream();
    const [a, b, c, d] = eventsOf(stream, 0, 4);
    const results = await Promise.allSettled([
      log.append(stream, [a, b], 'none'),
      log.append(stream, [a, b], 'none'),
      log.append(stream, [c], 'none'),
      log.append(stream, [d], 1),
      log.append(stream, [b], 0),
      log.append(stream, [b, d], 0),
    ]);
    const revisions = results.map((r) => (r.status === 'fulfilled' ? r.value.firstRevision : (r.reason as unknown)));
    expect(revisions).toEqual([0, 0, expect.any(WrongExpectedRevision), 2, 1, 1]);
    expect(idsOf(await all(log.readStream(stream)))).toEqual(idsOf([a, b, d]));
  });

  it('leaves no gap in the sequence where appends were refused', async () => {
    await open();
    const streams = Array.from({ length: 20 }, () => newStream());
    const appends = streams.flatMap((stream) =>
      [0, 0, 1, 5].map((n) => log.append(stream, [eventOf(stream, n)], n ? n - 1 : 'none')),
    );
    await Promise.allSettled(appends);
    expect(await sequences()).toEqual(Array.from({ length: 41 }, (_, n) => n + 1));
  });

  it('remembers the tails of a bounded number of streams and finds those it has forgotten', async () => {
    await open();
    await log.close();
    const writer = new Writer(log.file, undefined, 50);
    const append = (stream: string, expected: number) =>
      writer.write([{ stream, expected, events: [eventOf(stream, expected + 1)] }]);
    const streams = Array.from({ length: 60 }, () => newStream());
    for (const stream of streams) append(stream, NONE);
    expect(writer.remembered).toBe(50);
    expect(append(streams[0], NONE)).toEqual([Answer.CONFLICT, 0]);
    expect(append(streams[1], 0)).toEqual([Answer.STORED, 1, 62]);
    expect(append(streams[59], 0)).toEqual([Answer.STORED, 1, 63]);
    expect(writer.remembered).toBe(50);
    writer.close();
  });

  it.each([
    ['appends', { maxWaiting: 10 }],
    ['bytes', { maxWaitingBytes: 10 * bytesOf(eventOf(newStream(), 0)) }],
  ])('refuses what exceeds the %s that may wait, and goes on', async (_, limits) => {
    await open(limits);
    const streams = Array.from({ length: 15 }, () => newStream());
    const results = await Promise.allSettled(streams.map((stream) => log.append(stream, [eventOf(stream, 0)], 'none')));
    expect(results.map(({ status }) => status)).toEqual(streams.map((_, n) => (n < 10 ? 'fulfilled' : 'rejected')));
    for (const result of results.slice(10))
      expect((result as PromiseRejectedResult).reason).toBeInstanceOf(LogOverloaded);
    expect(await log.append(streams[14], [eventOf(streams[14], 0)], 'none')).toMatchObject({ firstRevision: 0 });
    expect(await sequences()).toHaveLength(12);
  });
});

describe('a writer that fails', () => {
  /** Another connection holds the write lock, so the next group cannot begin: nobody can say why, so the writer stops. */
  function lockOut(): DatabaseSyncInstance {
    const db = new DatabaseSync(log.file);
    db.exec('BEGIN IMMEDIATE');
    return db;
  }

  it('rejects its group and what waits behind it, stores nothing more, and says so once', async () => {
    await open();
    const first = newStream();
    await log.append(first, [eventOf(first, 0)], 'none');
    const intruder = lockOut();
    // More than one group holds.
    const streams = Array.from({ length: 3_000 }, () => newStream());
    const failing = streams.map((stream) => log.append(stream, [eventOf(stream, 0)], 'none'));
    const outcomes = Promise.allSettled(failing);
    await expect(failing[0]).rejects.toThrow(/locked\): nothing of this append was stored/);
    intruder.exec('ROLLBACK');
    intruder.close();
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { outcomeUnknown: false } });
      expect((outcome as PromiseRejectedResult).reason).toBeInstanceOf(LogUnavailable);
    }
    expect((await fatal).message).toMatch(/^The writer of .+log.sqlite has stopped: .+locked/);
    await expect(log.append(first, [eventOf(first, 1)], 0)).rejects.toThrow(
      /takes nothing more: its writer has failed/,
    );
    await log.close();
    const reader = openSqliteLogReader({ file: log.file });
    expect(await reader.head()).toMatchObject({ sequence: 2 });
    await reader.close();
  }, 15_000);

  it('does not know the outcome of what was under way when its thread died', async () => {
    await open();
    const stream = newStream();
    const pending = Array.from({ length: 200 }, (_, n) => log.append(stream, [eventOf(stream, n)], n ? n - 1 : 'none'));
    const outcome = Promise.allSettled(pending);
    await (log as unknown as { writer: { worker: Worker } }).writer.worker.terminate();
    for (const result of await outcome) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ outcomeUnknown: true });
    }
    expect(((await outcome).at(-1) as PromiseRejectedResult).reason).toBeInstanceOf(LogUnavailable);
    expect(await fatal).toBeInstanceOf(Error);
  });

  it('ends the process with 1 and a word about it', async () => {
    await open();
    const program = `
      const { openSqliteLog } = await import('${moduleUrl('sqlite-event-log')}');
      const log = await openSqliteLog({ folder: ${JSON.stringify(join(folder, 'child'))} });
      log.writer.worker.terminate();
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { cwd: process.cwd() });
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit') as Promise<[number]>]);
    expect(code).toBe(1);
    expect(said).toMatch(/The writer of .+log.sqlite has stopped: its thread ended\./);
  });
});

function bytesOf({ payload, metadata }: NewEvent): number {
  return Buffer.byteLength(payload) + Buffer.byteLength(metadata);
}

function moduleUrl(name: string): string {
  return pathToFileURL(join(packageRoot, `dist/libs/event-sourcing/src/log/sqlite/${name}.js`)).href;
}
