import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MessageChannel, Worker } from 'node:worker_threads';
import { builtFile } from '#event-sourcing/built-file.js';
import { START } from '#event-sourcing/log/event-log.js';
import { openSqliteLog, type SqliteEventLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { projections as group, registry } from '../../../../test/contracts/fixtures/read-store-projections.mjs';
import { opened, Recorder } from '../../../../test/contracts/read-store.events.js';
import { canMount, smallDisk } from '../../../../test/crash/disks.js';
import { type FromBuild } from '../build/build-messages.js';
import { type ReadModels } from '../read-models.js';
import { type BuildData, CANCELLED } from './build/messages.js';
import { openSqliteReadModels } from './sqlite-read-models.js';

const projections = new URL('../../../../test/contracts/fixtures/bundled/read-store-projections.mjs', import.meta.url);

describe('a build of a read store in a file', () => {
  let folder: string;
  let log: SqliteEventLog;
  let head: number;
  const warnings: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caseledger-rebuild-'));
    log = await openSqliteLog({ folder });
    const recorder = await Recorder.of(log);
    await recorder.record(opened(randomUUID()), opened(randomUUID()));
    ({ head } = recorder);
  });
  beforeEach(() => (warnings.length = 0));
  afterAll(async () => {
    await log.close();
    await rm(folder, { recursive: true });
  });

  const open = (into: string, logHandle = () => log.readerHandle()) =>
    openSqliteReadModels({
      ...{ log, group, registry, projections, logHandle, folder: into, rebuildBeyond: 0 },
      warn: (message) => warnings.push(message),
    });
  /** Stops, told once; goes on by itself when the cause is removed. */
  const goesOn = async (readModels: ReadModels, cause: RegExp, remove: () => Promise<void> | void) => {
    try {
      await until(() => readModels.status().failure !== null);
      expect(readModels.status().failure!.message).toMatch(cause);
      await remove();
      await until(() => readModels.status().state === 'live');
      expect(readModels.checkpoint).toBe(head);
      expect(warnings).toEqual([expect.stringMatching(cause)]);
    } finally {
      await readModels.close();
    }
  };

  it('is begun again until the log can be opened', async () => {
    let file = join(folder, 'nowhere', 'log.sqlite');
    const readModels = await open(folder, () => ({ ...log.readerHandle(), file }));
    await goesOn(readModels, /nowhere/, () => void ({ file } = log));
  });

  (canMount ? it : it.skip)('is begun again until there is space on its disk', () =>
    smallDisk(8)(async (disk) => {
      const ballast = join(disk, 'ballast');
      await expect(writeFile(ballast, Buffer.alloc(9 * 1_048_576))).rejects.toMatchObject({ code: 'ENOSPC' });
      await goesOn(await open(disk), /The disk that holds the read store .* is full/, () => rm(ballast));
    }),
  );

  it.each([
    ['ENOSPC', /The disk that holds the read store .* is full/],
    ['EIO', /The read store .* cannot be used \(EIO, fsync\)/],
  ])('is begun again until what is built can be brought to the disk, where that fails with %s', async (code, cause) => {
    const { fsyncSync } = fs;
    const fsyncIs = (sync: typeof fsyncSync): void => {
      fs.fsyncSync = sync;
      syncBuiltinESMExports();
    };
    fsyncIs(() => {
      throw Object.assign(new Error(`${code}, fsync`), { code });
    });
    try {
      const into = join(folder, code);
      await mkdir(into);
      await goesOn(await open(into), cause, () => fsyncIs(fsyncSync));
    } finally {
      fsyncIs(fsyncSync);
    }
  });

  it('makes no further index once it is to end', async () => {
    const { port1, port2 } = new MessageChannel();
    const shared = new SharedArrayBuffer(8);
    Atomics.store(new Int32Array(shared), CANCELLED, 1);
    const data: BuildData = {
      ...{ file: join(folder, 'ended.sqlite'), log: { file: log.file }, logId: await log.identity(), shared },
      ...{ projections: projections.href, port: port2 },
    };
    const module = builtFile('libs/read-models/src/sqlite/build/write-thread');
    const worker = new Worker(module, { workerData: data, transferList: [port2] });
    const told: FromBuild[] = [];
    worker.on('message', (message: FromBuild) => told.push(message));
    port1.postMessage({ finish: { ...START, logTime: 0 } });
    await once(worker, 'exit');
    expect(told).toEqual([{ failed: expect.stringContaining('The build has ended.') as string, isPassing: false }]);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  // Not in every turn: the threads that are waited for need the processor.
  while (!isSo()) await pause(5);
}
