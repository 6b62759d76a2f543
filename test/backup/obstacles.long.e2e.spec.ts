import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseledger } from '../cli/caseledger.js';
import { canMount, smallDisk } from '../crash/disks.js';
import { Service } from '../e2e/service.js';

/** A disk can be made here only by whoever may mount one. */
const onSmallDisk = canMount ? it : it.skip;

describe('backup and restore', () => {
  let root: string;
  let backup: string;
  let service: Service;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'caseledger-no-space-'));
    backup = join(root, 'backup');
    service = await Service.start();
    const { case: its } = await service.done('openCase', { title: 'Large', kind: 'CASE' });
    const text = { text: 'x'.repeat(20_000) };
    for (let n = 0; n < 60; n++) await service.done('addNote', { caseId: its.id, text });
    await service.halt();
    expect(await caseledger(['backup', backup], { DATA_DIR: service.folder })).toMatchObject({ code: 0 });
  }, 30_000);
  afterAll(async () => {
    await service.stop();
    rmSync(root, { recursive: true, force: true });
  });

  onSmallDisk('say that the disk is full, where a backup leaves nothing', () =>
    smallDisk(1)(async (disk) => {
      const target = join(disk, 'backup');
      const refused = await caseledger(['backup', target], { DATA_DIR: service.folder });
      expect(refused).toMatchObject({
        code: 1,
        errors: `The disk that holds ${target} is full: free some space on it, and do it again.\n`,
      });
      expect(existsSync(target)).toBe(false);
    }),
  );

  onSmallDisk('say that the disk is full, where a restore is put', () =>
    smallDisk(1)(async (disk) => {
      const target = join(disk, 'data');
      const refused = await caseledger(['restore', backup], { DATA_DIR: target });
      expect(refused).toMatchObject({
        code: 1,
        errors: `The disk that holds ${target} is full: free some space on it, and do it again.\n`,
      });
    }),
  );

  onSmallDisk('keep what was restored where only the read models find no space', () =>
    smallDisk(3)(async (disk) => {
      const target = join(disk, 'data');
      const { code, errors } = await caseledger(['restore', backup], { DATA_DIR: target });
      expect(code).toBe(1);
      expect(errors).toMatch(/^The disk that holds the read store .* is full: .*; all that was backed up is in /);
      expect(errors).toMatch(/a server that is started on it builds the read models\.\n$/);
      expect(await caseledger(['verify', target])).toMatchObject({ code: 0 });
    }),
  );

  it('go on where a restore was killed between two names, and no server begins another log there', async () => {
    const target = join(root, 'data');
    mkdirSync(join(root, 'data.restoring-aB3xYz'));
    await expect(Service.on(target)).rejects.toThrow(
      /log\.sqlite is missing though .*data\.restoring-aB3xYz is there, .*: run caseledger restore again, or remove that folder/,
    );
    expect(await caseledger(['restore', backup], { DATA_DIR: target })).toMatchObject({ code: 0 });
    expect(readdirSync(root)).not.toContain('data.restoring-aB3xYz');
    const again = await Service.on(target);
    await again.halt();
  });

  it('follow a link that leads nowhere since a restore was killed, and leave a backup alone whatever its name', async () => {
    const [link, target] = ['link', 'linked'].map((name) => join(root, name));
    symlinkSync('linked', link);
    cpSync(backup, `${target}.restoring-backup`, { recursive: true });
    expect(await caseledger(['restore', backup], { DATA_DIR: link })).toMatchObject({ code: 0 });
    expect(existsSync(join(target, 'log.sqlite'))).toBe(true);
    expect(readdirSync(root)).toContain('linked.restoring-backup');
  });

  it('put nothing into the folder that they run in where a variable that is not set was to name another', async () => {
    const here = join(root, 'here');
    mkdirSync(here);
    writeFileSync(join(here, 'log.sqlite'), 'of somebody else');
    const empty = await caseledger(['backup', ''], { DATA_DIR: service.folder }, here);
    expect(empty).toMatchObject({
      code: 64,
      output: '',
      errors: expect.stringContaining('It is empty: give the path'),
    });
    expect(readdirSync(here)).toEqual(['log.sqlite']);
    expect(readFileSync(join(here, 'log.sqlite'), 'utf8')).toBe('of somebody else');
  });

  it('make no other folder of a DATA_DIR that a server would refuse', async () => {
    const DATA_DIR = `${join(root, 'ends')}\r`;
    expect(await caseledger(['restore', backup], { DATA_DIR })).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^DATA_DIR has blanks around it, or a line's end /),
    });
    expect(existsSync(DATA_DIR)).toBe(false);
  });

  it('leave read models to the database that holds them, and say what to do', async () => {
    const target = join(root, 'elsewhere');
    const done = await caseledger(['restore', backup], {
      DATA_DIR: target,
      READ_STORE: 'postgres://caseledger@127.0.0.1:1/none',
    });
    expect(done).toMatchObject({ code: 0, output: expect.stringMatching(/READ_STORE\. .* --accept-older-log\n$/) });
    expect(readdirSync(target).filter((name) => name.startsWith('read-'))).toEqual([]);
  });
});
