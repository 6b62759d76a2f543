import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { all, eventsOf, newStream } from '../../../../../test/contracts/event-log.events.js';
import { LogCannotOpen } from '../errors.js';
import { LOG_FILE } from './log-file.js';
import { openSqliteLog } from './sqlite-event-log.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'caseledger-open-'));
  file = join(folder, LOG_FILE);
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

/** One sentence that names the file or folder, the cause and the remedy. */
async function refusal(where = folder): Promise<string> {
  const error: unknown = await openSqliteLog({ folder: where }).then(
    (log) => log.close().then(() => 'It opened.'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LogCannotOpen);
  const { message } = error as Error;
  expect(message).toMatch(/^[^\n]+: [^\n]+\.$/);
  expect(message).toContain(where);
  return message;
}

async function someLog(events = 300): Promise<void> {
  const log = await openSqliteLog({ folder });
  const stream = newStream();
  await log.append(stream, eventsOf(stream, 0, events), 'none');
  await log.close();
}

function sqlite(sql: string): void {
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
}

describe('opening the embedded log', () => {
  it('creates the folder, the file and the first event, once', async () => {
    const inner = join(folder, 'a', 'b');
    const created = new Date('2025-01-23T14:05:06.007Z');
    const log = await openSqliteLog({ folder: inner, clock: () => created });
    const events = await all(log.readAll());
    expect(events.map(({ type, sequence }) => [type, sequence])).toEqual([['LogCreated', 1]]);
    expect(JSON.parse(events[0].metadata)).toMatchObject({ recordedAt: created.toISOString() });
    const identity = await log.identity();
    await log.close();
    const again = await openSqliteLog({ folder: inner });
    expect([await again.identity(), (await again.head()).sequence]).toEqual([identity, 1]);
    await again.close();
    const other = await openSqliteLog({ folder });
    expect(await other.identity()).not.toBe(identity);
    await other.close();
  });

  it('begins the log where a crash left the file without its first event', async () => {
    await someLog(1);
    sqlite('DELETE FROM events; DELETE FROM streams');
    const log = await openSqliteLog({ folder });
    expect((await log.head()).sequence).toBe(1);
    await log.close();
  });

  it('keeps everything in the one file when it is closed', async () => {
    await someLog();
    rmSync(`${file}-wal`, { force: true });
    rmSync(`${file}-shm`, { force: true });
    const log = await openSqliteLog({ folder });
    expect((await log.head()).sequence).toBe(301);
    await log.close();
  });

  it.each([
    ['a file that is no database', () => writeFileSync(file, 'not a log '.repeat(1_000))],
    ['a damaged beginning', () => damage(0)],
  ])('refuses %s', async (_, spoil) => {
    await someLog();
    spoil();
    expect(await refusal()).toMatch(/is not an event log, or its beginning is damaged: restore it from a backup/);
  });

  it.each([
    ['a damaged middle', () => damage(readFileSync(file).length / 2)],
    ['a file that lost its end', () => truncateSync(file, 16_384)],
  ])('refuses %s', async (_, spoil) => {
    await someLog();
    spoil();
    expect(await refusal()).toMatch(/is damaged \(.+\): restore it from a backup/);
  });

  it('refuses a log without its first event', async () => {
    await someLog();
    sqlite('DELETE FROM events WHERE sequence = 1');
    expect(await refusal()).toMatch(/does not begin with LogCreated/);
  });

  it('refuses a file that is missing though its write-ahead log is there', async () => {
    await someLog();
    rmSync(file);
    writeFileSync(`${file}-wal`, 'x');
    expect(await refusal()).toMatch(/is missing though .+-wal is there/);
  });

  it("refuses another program's database and leaves it as it is", async () => {
    sqlite('CREATE TABLE customers (name TEXT); INSERT INTO customers VALUES (1)');
    const before = readFileSync(file);
    expect(await refusal()).toMatch(/is another program's SQLite database/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('refuses the format of newer software', async () => {
    await someLog();
    sqlite('PRAGMA user_version = 2');
    expect(await refusal()).toMatch(/has log format 2, this software knows 1: start the software that wrote it/);
  });

  it('refuses a folder that is a file', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    expect(await refusal(path)).toMatch(/cannot be used .+: make it a folder this user may write in/);
  });

  describe('by a user who may not write', () => {
    // Permissions do not bind the superuser: as root, the effective user is another one for as long as it opens the log.
    const asOrdinaryUser = async (open: () => Promise<void>): Promise<void> => {
      if (process.geteuid?.() !== 0) return open();
      process.seteuid!(65_534);
      try {
        await open();
      } finally {
        process.seteuid!(0);
      }
    };

    it('refuses an empty folder that is read-only', async () => {
      chmodSync(folder, 0o555);
      await asOrdinaryUser(async () => {
        expect(await refusal()).toMatch(/cannot be written .+: make the folder .+ exist and be writable for this user/);
      });
    });

    it('begins a log in a folder whose own folder it may not list', async () => {
      const inner = join(folder, 'data');
      mkdirSync(inner);
      chmodSync(inner, 0o777);
      chmodSync(folder, 0o111);
      await asOrdinaryUser(async () => {
        const log = await openSqliteLog({ folder: inner });
        expect((await log.head()).sequence).toBe(1);
        await log.close();
      });
    });

    it('refuses a log that is read-only', async () => {
      await someLog();
      for (const side of ['-wal', '-shm']) rmSync(file + side, { force: true });
      chmodSync(file, 0o444);
      chmodSync(folder, 0o555);
      await asOrdinaryUser(async () => {
        expect(await refusal()).toMatch(/cannot be written/);
      });
    });

    it('refuses a folder it cannot make', async () => {
      mkdirSync(join(folder, 'sealed'), { mode: 0o500 });
      await asOrdinaryUser(async () => {
        expect(await refusal(join(folder, 'sealed', 'data'))).toMatch(/cannot be used/);
      });
    });
  });
});

/** Overwrites a page. */
function damage(at: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, Math.floor(at / 4_096) * 4_096, Math.floor(at / 4_096) * 4_096 + 4_096);
  writeFileSync(file, bytes);
}
