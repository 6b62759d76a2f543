import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { restoreBackup } from './restore-backup.js';
import { takeBackup } from './take-backup.js';

/** A write-ahead log without its index has both files copied to be read. */
describe('a log that cannot be read, in a copy of its own', () => {
  const { TMPDIR } = process.env;
  let root: string;
  let copies: string;
  let data: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'caseledger-unreadable-'));
    [copies, data] = ['copies', 'data'].map((name) => join(root, name));
    for (const folder of [copies, data]) mkdirSync(folder);
    for (const side of ['', '-wal']) writeFileSync(join(data, `log.sqlite${side}`), 'no log '.repeat(1_000));
    process.env.TMPDIR = copies;
  });
  afterEach(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    rmSync(root, { recursive: true });
  });

  it('leaves no copy behind where a backup of it was to be taken', async () => {
    await expect(takeBackup(data, join(root, 'backup'))).rejects.toThrow('is not an event log');
    expect(readdirSync(copies)).toEqual([]);
  });

  it('leaves no copy behind where it is replaced', async () => {
    const folder = join(root, 'other');
    await (await openSqliteLog({ folder })).close();
    const backup = join(root, 'backup');
    await takeBackup(folder, backup);
    expect(await restoreBackup(backup, data, { replace: true, builds: false })).toMatchObject({ before: 'unreadable' });
    expect(readdirSync(copies)).toEqual([]);
  });
});
