import { execFileSync } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inFolder } from '../crash/folder.js';
import { Life } from '../crash/life.js';
import { ServerUnderTest } from '../crash/server-under-test.js';
import { until } from '../crash/until.js';
import { nothingIsLost } from './aftermath.js';
import { Load } from './load.js';
import { type Fault, inject, noInjection, withFault } from './strace.js';

/** All faults: `npm run test:faults`; without it the few that differ most. */
const ALL = process.env.FAULT_ROUNDS !== undefined;
const TIME = 180_000;

const WAL = 'log.sqlite-wal';
const SYNC = ['fsync', 'fdatasync'];
const WRITE = ['pwrite64', 'write'];

/** A fault while writers write, and whether the server must end. `often`: in the suite too. */
const faults: { title: string; file: string; fault: Omit<Fault, 'files'>; ends: boolean; often?: true }[] = [
  { title: 'an fsync that fails', file: WAL, fault: { calls: SYNC, what: 'error=EIO' }, ends: true, often: true },
  { title: 'an fsync that fails once', file: WAL, fault: { calls: SYNC, what: 'error=EIO:when=1' }, ends: true },
  {
    title: 'an fsync for which there is no space',
    file: WAL,
    fault: { calls: SYNC, what: 'error=ENOSPC' },
    ends: true,
  },
  { title: 'a write that fails', file: WAL, fault: { calls: WRITE, what: 'error=EIO' }, ends: true },
  { title: 'a write that fails once', file: WAL, fault: { calls: WRITE, what: 'error=EIO:when=3' }, ends: true },
  { title: 'writes without space', file: WAL, fault: { calls: WRITE, what: 'error=ENOSPC' }, ends: false, often: true },
  { title: 'writes that write nothing', file: WAL, fault: { calls: WRITE, what: 'retval=0' }, ends: false },
];

/** Runs a test where it can be run; elsewhere its title says why it was not. */
const where = (reason: string | undefined, title: string, test: () => Promise<void>): void =>
  reason === undefined ? it(title, test, TIME) : it.skip(`${title} (not run: ${reason})`, test);

/** Runs on a server that is being written to. */
const underLoad = (run: (life: Life, load: Load) => Promise<void>): Promise<void> =>
  inFolder(async (folder) => {
    const life = new Life(folder);
    try {
      await life.start({ DISK_FLOOR_MB: '0' });
      const load = new Load(life.sender, life.hotCase);
      await until('there is some load', () => (load.acknowledged > 50 ? true : undefined), TIME);
      await run(life, load);
    } finally {
      await life.end();
    }
  });

/** It ended by itself, and said in its last line what stopped it. */
async function endsNaming(life: Life, cause: RegExp): Promise<void> {
  const { code, errors } = await life.server.ended;
  const last = JSON.parse(errors.trimEnd().split('\n').at(-1)!) as { level: string; msg: string };
  expect({ code, ...last }).toMatchObject({ code: 1, level: 'fatal', msg: expect.stringMatching(cause) });
}

describe('system calls of the log’s files that fail while it is written', () => {
  for (const { title, file, fault, ends, often } of faults) {
    if (!ALL && !often) continue;
    where(noInjection, `${title}: ${ends ? 'the server ends' : 'the server goes on'}, and nothing is lost`, () =>
      underLoad(async (life, load) => {
        const { end } = await inject(life.server.pid, { ...fault, files: [join(life.folder, file)] });
        if (ends) {
          await endsNaming(life, /^Stopped: The writer of .*log\.sqlite has stopped: .*\.$/);
          await load.done;
          // Whoever still got an answer was told that it is not known, or that nothing was stored.
          for (const refusal of load.refusals) expect(refusal).toContain('UNAVAILABLE');
          await end();
        } else {
          await until('a command is refused', () => load.refusals[0], TIME);
          expect(life.server.written.errors).not.toContain('fatal');
          await end();
          const before = load.acknowledged;
          await until('commands are taken again', () => (load.acknowledged > before + 50 ? true : undefined), TIME);
          await load.stop();
          for (const refusal of load.refusals)
            expect(refusal).toMatch(/disk .* is full, and nothing was stored: .*UNAVAILABLE/);
        }
        await nothingIsLost(life);
      }),
    );
  }

  const noLimit = (() => {
    try {
      execFileSync('prlimit', ['--version'], { stdio: 'ignore' });
      return ALL ? undefined : 'only in npm run test:faults';
    } catch {
      return 'prlimit is not installed';
    }
  })();
  where(noLimit, 'a write of which only a part is written: the server ends, and nothing is lost', () =>
    underLoad(async (life, load) => {
      const { folder, server } = life;
      const sizes = await Promise.all(
        (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size),
      );
      // No file may grow beyond the middle of a page that is yet to be written.
      const limit = Math.max(...sizes) + 10_000;
      execFileSync('prlimit', ['--pid', String(server.pid), `--fsize=${limit}`]);
      await endsNaming(life, /^Stopped: The writer of .*log\.sqlite has stopped: .*\.$/);
      await load.done;
      await nothingIsLost(life);
    }),
  );
});

describe('system calls of the log’s files that fail at the start', () => {
  const cases: [string, Omit<Fault, 'files'>, RegExp][] = [
    ['read', { calls: ['pread64', 'read'], what: 'error=EIO' }, /log\.sqlite cannot be opened \(.*disk I\/O error\)/],
    ['opened', { calls: ['openat', 'open'], what: 'error=EACCES' }, /log\.sqlite cannot be written \(.*unable to open/],
  ];
  for (const [verb, fault, sentence] of cases.slice(0, ALL ? 2 : 1)) {
    where(noInjection, `a log that cannot be ${verb} is named, and is whole when it can be`, () =>
      underLoad(async (life, load) => {
        await load.stop();
        await life.server.stop();
        const started = new ServerUnderTest(
          life.folder,
          {},
          [],
          withFault({ ...fault, files: [join(life.folder, 'log.sqlite')] }),
        );
        const { code, output, errors } = await started.ended;
        expect({ code, output }).toEqual({ code: 1, output: '' });
        expect(errors).toMatch(sentence);
        expect(errors).toMatch(/^[^\n]+\.\n$/);
        await nothingIsLost(life);
      }),
    );
  }
});
