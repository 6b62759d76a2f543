import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueKeys } from '../../apps/cli/src/scenario/principals.js';
import { recordScenarios } from '../../apps/cli/src/scenario/record-scenarios.js';
import { caseledger } from '../cli/caseledger.js';
import { readModelsDiffer } from '../crash/check-read-models.js';
import { Life } from '../crash/life.js';
import { ServerUnderTest } from '../crash/server-under-test.js';
import { Writers } from '../crash/writers.js';
import { ALL_RIGHT, recordAndAsk } from '../scenarios/record-and-ask.js';

/** A restore drill: what is backed up under load is brought back elsewhere, and must answer as before. */
describe('backup and restore', () => {
  let root: string;
  let data: string;
  let backup: string;
  let restored: string;
  let head: string;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'caseledger-drill-'));
    [data, backup, restored] = ['data', 'backup', 'restored'].map((name) => join(root, name));
    const life = new Life(data);
    try {
      await life.start();
      const url = await life.server.listening();
      await recordScenarios(url, (await issueKeys(url, life.adminKey)).keys);
      const writers = new Writers(life.sender, life.hotCase);
      await Promise.race([writers.reached(200), writers.done]);
      const before = life.journal.sent.flatMap(({ answer }) => answer?.events ?? []);
      const taken = await caseledger(['backup', backup, '--json'], { DATA_DIR: data });
      const atEnd = life.journal.sent.length;
      writers.stop();
      await writers.done;
      expect(taken).toMatchObject({ code: 0 });
      const manifest = JSON.parse(taken.output);
      head = `${manifest.head.sequence}:${manifest.head.digest}`;
      // All that was acknowledged before, and no more than was sent by its end.
      expect(manifest.head.sequence).toBeGreaterThanOrEqual(
        Math.max(...before.map(({ sequence }) => Number(sequence))),
      );
      expect(atEnd).toBeGreaterThan(before.length);
    } finally {
      await life.end();
    }
  }, 120_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('holds what cannot be rebuilt, readable by its owner alone, and is sound', async () => {
    expect(readdirSync(backup).sort()).toEqual([
      'admin.key',
      'backup.json',
      'cursor.key',
      'identifier.key',
      'log.sqlite',
    ]);
    for (const name of readdirSync(backup)) expect(statSync(join(backup, name)).mode & 0o077).toBe(0);
    const verified = await caseledger(['verify', backup, '--head', head]);
    expect(verified).toMatchObject({ code: 0, output: expect.stringContaining(`head    ${head}\n`) });
    const manifest = JSON.parse(readFileSync(join(backup, 'backup.json'), 'utf8'));
    expect(`${manifest.head.sequence}:${manifest.head.digest}`).toBe(head);
  });

  it('is brought back elsewhere: sound, its read models those of its log, the questions answered', async () => {
    const done = await caseledger(['restore', backup], { DATA_DIR: restored });
    expect(done).toMatchObject({ code: 0, output: expect.stringContaining(`head now     ${head}\n`) });
    expect(done.output).toContain('head before  none: there was no log\n');
    const [verified, difference] = await Promise.all([
      caseledger(['verify', '--head', head], { DATA_DIR: restored }),
      readModelsDiffer(restored),
    ]);
    expect(verified).toMatchObject({ code: 0 });
    expect(difference).toBeNull();
    const life = new Life(restored);
    try {
      await life.start();
      const url = await life.server.listening();
      expect(await recordAndAsk({ url, adminKey: life.adminKey })).toEqual(ALL_RIGHT);
      const owned = await caseledger(['restore', backup, '--replace'], { DATA_DIR: restored });
      expect(owned).toMatchObject({
        code: 1,
        errors: expect.stringMatching(/is in use by process \d+: stop that process/),
      });
    } finally {
      await life.end();
    }
  }, 120_000);

  it('takes the place of what is there only with --replace, which keeps it beside', async () => {
    const folder = join(root, 'used');
    mkdirSync(folder);
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    const refused = await caseledger(['restore', backup], { DATA_DIR: folder });
    expect(refused).toMatchObject({ code: 1, output: '', errors: expect.stringMatching(/is not empty: .*--replace/) });
    expect(readdirSync(folder)).toContain('mine.txt');
    const done = await caseledger(['restore', backup, '--replace', '--json'], { DATA_DIR: folder });
    expect(done.code).toBe(0);
    const { kept, before, head: now } = JSON.parse(done.output);
    expect([before, `${now.sequence}:${now.digest}`]).toEqual([null, head]);
    expect(readFileSync(join(kept, 'mine.txt'), 'utf8')).toBe('mine');
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['log.sqlite', 'admin.key', 'cursor.key']));
    expect(readdirSync(root).filter((name) => name.includes('restoring'))).toEqual([]);
  });

  it('gives nothing to others that it was given by others, and puts nothing anywhere else', async () => {
    const carried = join(root, 'carried');
    mkdirSync(carried);
    for (const name of readdirSync(backup)) {
      writeFileSync(join(carried, name), readFileSync(join(backup, name)), { mode: 0o644 });
    }
    const [real, link] = [join(root, 'volume'), join(root, 'link')];
    mkdirSync(real);
    symlinkSync(real, link);
    writeFileSync(join(real, 'old.txt'), 'old');
    expect((await caseledger(['restore', carried, '--replace'], { DATA_DIR: link })).code).toBe(0);
    expect(readlinkSync(link)).toBe(real);
    for (const name of ['log.sqlite', 'admin.key', 'cursor.key', 'identifier.key'])
      expect([name, statSync(join(real, name)).mode & 0o077]).toEqual([name, 0]);

    const manifest = JSON.parse(readFileSync(join(carried, 'backup.json'), 'utf8'));
    const { 'admin.key': key, ...files } = manifest.files;
    writeFileSync(join(root, 'evil.txt'), readFileSync(join(carried, 'admin.key')));
    for (const named of [{ ...files, '../evil.txt': key }, { 'admin.key': key }, undefined]) {
      writeFileSync(join(carried, 'backup.json'), JSON.stringify({ ...manifest, files: named }));
      const refused = await caseledger(['restore', carried], { DATA_DIR: join(root, 'deep', 'data') });
      expect(refused).toMatchObject({ code: 1, errors: expect.stringMatching(/^.*not of a form that .*\n$/) });
    }
    expect(readdirSync(root)).not.toContain('deep');
  });

  it('is not about a log that is elsewhere', async () => {
    const elsewhere = { DATA_DIR: data, EVENT_LOG: 'esdb://127.0.0.1:1?tls=false' };
    for (const args of [['backup', join(root, 'stale')], ['restore', backup], ['verify']]) {
      const { code, output, errors } = await caseledger(args, elsewhere);
      expect([code, output, errors]).toEqual([1, '', expect.stringContaining('EVENT_LOG names a log')]);
    }
    expect((await caseledger(['verify', backup], elsewhere)).code).toBe(0);
  });

  it('refuses what is no whole backup, or no longer what was taken, and folders that are in use', async () => {
    const into = { DATA_DIR: join(root, 'untouched') };
    const half = join(root, 'half');
    mkdirSync(half);
    writeFileSync(join(half, 'log.sqlite'), readFileSync(join(backup, 'log.sqlite')));
    const changed = join(root, 'changed');
    mkdirSync(changed);
    for (const name of readdirSync(backup)) writeFileSync(join(changed, name), readFileSync(join(backup, name)));
    truncateSync(join(changed, 'log.sqlite'), 8_192);
    const answers = await Promise.all([
      caseledger(['restore', half], into),
      caseledger(['restore', changed], into),
      caseledger(['backup', backup], { DATA_DIR: data }),
      caseledger(['backup', join(root, 'none')], { DATA_DIR: join(root, 'nowhere') }),
    ]);
    expect(answers).toMatchObject(
      [/holds no whole backup/, /is not what was backed up/, /is not an empty folder/, /log\.sqlite is not there/].map(
        (why) => ({ code: 1, output: '', errors: expect.stringMatching(why) }),
      ),
    );
    expect(readdirSync(root)).not.toContain('none');
    expect(readdirSync(root)).not.toContain('untouched');
  });

  it('goes on after a restore that was killed, and until then no server begins another log there', async () => {
    const folder = join(root, 'broken-off');
    mkdirSync(folder);
    const written: string[] = [];
    const watcher = watch(folder, (_, name) => written.push(name!));
    expect((await caseledger(['restore', backup], { DATA_DIR: folder })).code).toBe(0);
    watcher.close();
    expect(written.filter((name) => !name.startsWith('lock'))[0]).toBe('log.sqlite.part');

    const half = join(root, 'half-restored');
    mkdirSync(half);
    for (const name of ['admin.key', 'cursor.key.part']) writeFileSync(join(half, name), 'x');
    writeFileSync(join(half, 'log.sqlite.part'), 'half');
    const started = await new ServerUnderTest(half).ended;
    expect(started).toMatchObject({
      code: 1,
      output: '',
      errors: expect.stringMatching(
        /^.*log\.sqlite is missing though .*\.part is there, .*run caseledger restore again.*\n$/,
      ),
    });
    expect(readFileSync(join(half, 'admin.key'), 'utf8')).toBe('x');
    expect((await caseledger(['restore', backup], { DATA_DIR: half })).code).toBe(0);
    expect(readdirSync(half).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect((await caseledger(['verify', '--head', head], { DATA_DIR: half })).code).toBe(0);
  });

  it('removes what restores that were killed have left beside the folder', async () => {
    const folder = join(root, 'replaced');
    mkdirSync(folder);
    for (const name of ['replaced.restoring-aB3xYz', 'replaced.restoring-mine', 'other.restoring-aB3xYz']) {
      mkdirSync(join(root, name));
      writeFileSync(join(root, name, 'admin.key'), 'x');
    }
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    expect((await caseledger(['restore', backup, '--replace'], { DATA_DIR: folder })).code).toBe(0);
    const left = readdirSync(root).filter((name) => name.includes('.restoring-'));
    expect(left.sort()).toEqual(['other.restoring-aB3xYz', 'replaced.restoring-mine']);
    for (const name of left) rmSync(join(root, name), { recursive: true });
  });

  it('says of a folder that a killed backup left what it is', async () => {
    const half = join(root, 'half-taken');
    mkdirSync(half);
    for (const name of ['log.sqlite', 'admin.key.part']) writeFileSync(join(half, name), 'x');
    const [taken, restoredFrom] = await Promise.all([
      caseledger(['backup', half], { DATA_DIR: data }),
      caseledger(['restore', half], { DATA_DIR: join(root, 'untouched') }),
    ]);
    expect(taken).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/a backup that was broken off .*: name another folder, or remove this one/),
    });
    expect(restoredFrom).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/no whole backup: .*; name the folder/),
    });
  });

  it('keeps no backup of a log that is not sound', async () => {
    const spoilt = join(root, 'spoilt');
    mkdirSync(spoilt);
    const bytes = readFileSync(join(backup, 'log.sqlite'));
    bytes[bytes.indexOf('"text":"Example: ') + 10] ^= 1;
    writeFileSync(join(spoilt, 'log.sqlite'), bytes);
    const answer = await caseledger(['backup', join(root, 'of-spoilt')], { DATA_DIR: spoilt });
    expect(answer).toMatchObject({ code: 1, output: '', errors: expect.stringMatching(/The log is not sound/) });
    expect(readdirSync(root)).not.toContain('of-spoilt');
  });
});
