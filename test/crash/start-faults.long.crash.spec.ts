import { once } from 'node:events';
import { cp, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { readOnlyFolder } from './disks.js';
import { inFolder } from './folder.js';
import { Life } from './life.js';
import { ServerUnderTest } from './server-under-test.js';
import { refusal, refusalApart } from './refusal.js';
import { Writers } from './writers.js';

/** Puts bytes that mean nothing at this place of a file. */
async function damage(file: string, at: number, length: number): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(length, 0xa5), 0, length, at);
  await handle.close();
}

/** The one read store of a folder. */
async function readStoreOf(folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((name) => /^read-.*\.sqlite$/.test(name));
  expect(files).toHaveLength(1);
  return join(folder, files[0]);
}

describe('a start that cannot be', () => {
  /** A data folder with some cases in it, stopped in order. */
  let used: string;
  /** What a start says whose log is out of reach: it tries for 20 s, while the other tests run. */
  let outOfReach: Promise<string>;

  /** Runs a test on a copy of it. */
  const onUsed = <T>(run: (folder: string) => Promise<T>): Promise<T> =>
    inFolder(async (folder) => {
      await cp(used, folder, { recursive: true });
      return run(folder);
    });

  beforeAll(async () => {
    used = await mkdtemp(join(tmpdir(), 'caseledger-test-'));
    outOfReach = inFolder((folder) => refusalApart(folder, { EVENT_LOG: 'esdb://127.0.0.1:1?tls=false' }));
    // Who waits for it hears of it; nobody else must.
    outOfReach.catch(() => undefined);
    const life = new Life(used);
    try {
      await life.start();
      const writers = new Writers(life.sender, life.hotCase);
      await Promise.race([writers.reached(400), writers.done]);
      writers.stop();
      await writers.done;
      expect(await life.server.stop()).toMatchObject({ code: 0 });
    } finally {
      await life.end();
    }
  }, 60_000);
  afterAll(() => rm(used, { recursive: true, force: true }));

  it(
    'names a log whose beginning is damaged',
    () =>
      onUsed(async (folder) => {
        await damage(join(folder, 'log.sqlite'), 0, 64);
        expect(await refusalApart(folder)).toMatch(/log\.sqlite .*damaged: restore it from a backup/);
      }),
    60_000,
  );

  it(
    'names a log that is damaged in the middle',
    () =>
      onUsed(async (folder) => {
        const file = join(folder, 'log.sqlite');
        const { size } = await stat(file);
        await damage(file, Math.floor(size / 8192) * 4096, 4096 * 8);
        expect(await refusal(folder)).toMatch(/log\.sqlite is damaged \(.*\): restore it from a backup\./);
      }),
    60_000,
  );

  it(
    "names another program's database in the place of the log, and leaves it as it is",
    () =>
      inFolder(async (folder) => {
        const file = join(folder, 'log.sqlite');
        const db = new DatabaseSync(file);
        db.exec('CREATE TABLE songs (title TEXT)');
        db.close();
        const before = await readFile(file);
        expect(await refusal(folder)).toMatch(
          /log\.sqlite is another program's SQLite database: move it away, or set DATA_DIR/,
        );
        expect(await readFile(file)).toEqual(before);
      }),
    60_000,
  );

  it(
    'names a folder that is no folder',
    () =>
      inFolder(async (folder) => {
        const file = join(folder, 'file');
        await writeFile(file, '');
        expect(await refusal(file)).toMatch(/The folder .*file cannot be used \(.*\): .*set DATA_DIR to one/);
      }),
    60_000,
  );

  const readOnly = readOnlyFolder();
  (readOnly ? it : it.skip)(
    'names a folder that cannot be written',
    async () => {
      await readOnly!(async (folder) => {
        expect(await refusal(folder)).toMatch(
          /The folder .* cannot be used \(.*\): make it a folder this user may write in/,
        );
      });
    },
    60_000,
  );

  it(
    'names the port that is in use',
    () =>
      inFolder(async (folder) => {
        const other = createServer().listen(0, '127.0.0.1');
        await once(other, 'listening');
        const { port } = other.address() as AddressInfo;
        expect(await refusal(folder, { PORT: String(port) })).toBe(
          `Port ${port} of 127.0.0.1 is in use; stop what listens there, or set PORT to another.`,
        );
        other.close();
      }),
    60_000,
  );

  it(
    'names the process that has the folder, which goes on',
    () =>
      onUsed(async (folder) => {
        const first = new ServerUnderTest(folder);
        try {
          await first.listening();
          expect(await refusalApart(folder)).toBe(
            `The folder ${folder} is in use by process ${first.pid}: stop that process, or set DATA_DIR to another folder.`,
          );
          expect(await first.stop()).toMatchObject({ code: 0, errors: '' });
        } finally {
          await first.kill();
        }
      }),
    60_000,
  );

  it.each([
    ['HOST', '203.0.113.7', '127.0.0.1'],
    ['PORT', 'http', 'a port, 0 to 65535'],
  ])(
    'names the variable %s that was set to %s',
    (name, value, allowed) =>
      inFolder(async (folder) => {
        const sentence = await refusalApart(folder, { [name]: value });
        expect(sentence).toContain(name);
        expect(sentence).toContain(value);
        expect(sentence).toContain(allowed);
      }),
    60_000,
  );

  it(
    'names a read store that is damaged',
    () =>
      onUsed(async (folder) => {
        const store = await readStoreOf(folder);
        await damage(store, 0, 64);
        expect(await refusalApart(folder)).toMatch(
          /The read store .*read-\d+\.sqlite is damaged .*: delete .* and start again/,
        );
      }),
    60_000,
  );

  it(
    'names a read store that was built from another log',
    () =>
      onUsed(async (folder) => {
        for (const name of await readdir(folder)) if (name.startsWith('log.')) await rm(join(folder, name));
        expect(await refusal(folder)).toMatch(
          /The read store .*read-\d+\.sqlite was built from another log .*: delete .* and start again/,
        );
      }),
    60_000,
  );

  it(
    'refuses a log older than the recorded head, as after a backup of it was restored, unless it is accepted',
    () =>
      inFolder(async (folder) => {
        const life = new Life(folder);
        try {
          await life.start();
          await life.server.stop();
          const backup = await readFile(join(folder, 'log.sqlite'));
          await life.start();
          const writers = new Writers(life.sender, life.hotCase);
          await Promise.race([writers.reached(60), writers.done]);
          writers.stop();
          await writers.done;
          await life.server.stop();
          await writeFile(join(folder, 'log.sqlite'), backup);
          expect(await refusal(folder)).toMatch(
            /^The log is older than what was recorded: .*read-\d+\.sqlite has seen sequence \d+, and the log ends at \d+\. .*--accept-older-log/,
          );
          const accepting = new ServerUnderTest(folder, {}, ['--accept-older-log']);
          await accepting.listening();
          expect(accepting.written.errors).toMatch(/An older log is accepted/);
          await accepting.stop();
          await life.start();
        } finally {
          await life.end();
        }
      }),
    90_000,
  );

  it('names an EventStoreDB that nothing answers at, after some time', async () => {
    expect(await outOfReach).toMatch(
      /^The event log esdb:\/\/127\.0\.0\.1:1\?tls=false cannot be opened \(.*\): start the server, or correct EVENT_LOG\.$/,
    );
  }, 90_000);
});
