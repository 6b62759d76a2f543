import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { all, eventOf, idsOf, newStream } from '../../../../../test/contracts/event-log.events.js';
import { LogCannotOpen, LogUnavailable } from '../errors.js';
import { openSqliteLog, type SqliteEventLog } from './sqlite-event-log.js';

const folder = mkdtempSync(join(tmpdir(), 'caseledger-full-'));
afterAll(() => rmSync(folder, { recursive: true }));

const note = (stream: string, revision: number, bytes: number) =>
  eventOf(stream, revision, { text: 'x'.repeat(bytes) });

/** Appends from 8 callers until the disk is full; answers the ids of what was acknowledged. */
async function fill(log: SqliteEventLog): Promise<string[]> {
  const stored: string[] = [];
  const refused: unknown[] = [];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      const stream = newStream();
      for (let revision = 0; ; revision++) {
        const event = note(stream, revision, 3_000);
        try {
          await log.append(stream, [event], revision === 0 ? 'none' : revision - 1);
          stored.push(event.id);
        } catch (error) {
          return refused.push(error);
        }
      }
    }),
  );
  for (const error of refused) {
    expect(error).toBeInstanceOf(LogUnavailable);
    expect(error).toMatchObject({
      outcomeUnknown: false,
      message: `The disk that holds ${log.file} is full: nothing of this append was stored; free some space and send it again.`,
    });
  }
  return stored;
}

const stored = async (log: SqliteEventLog) => idsOf(await all(log.readAll({ filter: { types: ['NoteAdded'] } })));

describe('a full disk', () => {
  const fatal = (error: Error) => {
    throw error;
  };

  it('refuses what does not fit, keeps what was acknowledged, and goes on', async () => {
    const log = await openSqliteLog({ folder, maxBytes: 400_000, onFatal: fatal });
    const ids = await fill(log);
    expect(ids.length).toBeGreaterThan(50);
    expect((await stored(log)).sort()).toEqual([...ids].sort());
    // The stream was not begun: its rolled-back append must not be remembered as stored.
    const stream = newStream();
    await expect(log.append(stream, [note(stream, 0, 100_000)], 'none')).rejects.toBeInstanceOf(LogUnavailable);
    await expect(log.append(stream, [note(stream, 0, 100_000)], 0)).rejects.toMatchObject({ actual: -1 });
    const head = await log.head();
    await log.close();

    const larger = await openSqliteLog({ folder, onFatal: fatal });
    expect(await larger.head()).toEqual(head);
    const event = note(stream, 0, 100_000);
    expect((await larger.append(stream, [event], 'none')).events[0].sequence).toBe(head.sequence + 1);
    expect((await stored(larger)).sort()).toEqual([...ids, event.id].sort());
    await larger.close();
  });

  it('refuses to begin a log that does not fit', async () => {
    const opening = openSqliteLog({ file: join(folder, 'small.sqlite'), maxBytes: 8_192 });
    await expect(opening).rejects.toBeInstanceOf(LogCannotOpen);
    await expect(opening).rejects.toThrow(/^The disk that holds .+small.sqlite is full: free some space/);
  });

  const disk = mkdtempSync(join(folder, 'disk-'));
  const isMounted = mount(disk);
  afterAll(() => {
    if (isMounted) execFileSync('umount', ['-l', disk]);
  });

  // A real disk of 2 MiB, where this user may mount one.
  (isMounted ? it : it.skip)('goes on, with nothing lost, once space is freed on a real disk', async () => {
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, Buffer.alloc(1_000_000));
    const log = await openSqliteLog({ folder: disk, onFatal: fatal });
    const ids = await fill(log);
    ids.push(...(await fill(log)));
    rmSync(ballast);
    const stream = newStream();
    for (let revision = 0; revision < 50; revision++) {
      const event = note(stream, revision, 1_000);
      await log.append(stream, [event], revision === 0 ? 'none' : revision - 1);
      ids.push(event.id);
    }
    expect((await stored(log)).sort()).toEqual([...ids].sort());
    await log.close();
    const again = await openSqliteLog({ folder: disk, onFatal: fatal });
    expect((await stored(again)).sort()).toEqual([...ids].sort());
    await again.close();
  });
});

function mount(path: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
