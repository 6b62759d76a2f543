import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { all, eventsOf, followed, idsOf, newStream } from '../../../../../test/contracts/event-log.events.js';
import { START } from '../event-log.js';
import { packageRoot } from '../../package-root.js';
import { openSqliteLogReader } from './reader.js';
import { openSqliteLog, type SqliteEventLog } from './sqlite-event-log.js';

/** Follows the log in a thread of its own and posts what it sees; told to, it closes and must then end by itself. */
const FOLLOWING_THREAD = `
  const { parentPort, workerData } = require('node:worker_threads');
  import(workerData.module).then(async ({ openSqliteLogReader }) => {
    const reader = openSqliteLogReader(workerData.handle);
    parentPort.once('message', () => reader.close());
    for await (const step of reader.follow({ after: { sequence: 0, position: '' } })) {
      parentPort.postMessage(Array.isArray(step) ? { ids: step.map((event) => event.id) } : { head: step.head.sequence });
    }
    parentPort.postMessage({ ended: true });
  });`;

let folder: string;
let log: SqliteEventLog;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'caseledger-reader-'));
  log = await openSqliteLog({
    folder,
    onFatal: (error) => {
      throw error;
    },
  });
});
afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

async function write(streams: number, each: number): Promise<string[]> {
  const ids = Array.from({ length: streams }, async () => {
    const stream = newStream();
    const events = eventsOf(stream, 0, each);
    for (const [n, event] of events.entries()) await log.append(stream, [event], n === 0 ? 'none' : n - 1);
    return idsOf(events);
  });
  return (await Promise.all(ids)).flat();
}

describe('a reader in another thread', () => {
  it('follows the log live without gap or repeat, and its thread ends by itself once it is closed', async () => {
    const early = await write(3, 10);
    const handle = log.readerHandle();
    const module = pathToFileURL(join(packageRoot, 'dist/libs/event-sourcing/src/log/sqlite/reader.js')).href;
    const worker = new Worker(FOLLOWING_THREAD, {
      eval: true,
      workerData: { handle, module },
      transferList: [handle.wake],
    });
    const seen: string[] = [];
    const caughtUp: number[] = [];
    let ended = false;
    worker.on('message', (message: { ids?: string[]; head?: number; ended?: boolean }) => {
      seen.push(...(message.ids ?? []));
      if (message.head) caughtUp.push(message.head);
      ended ||= message.ended ?? false;
    });
    const late: string[] = [];
    // It has caught up before anything is written: each round reaches it only because the writer wakes it.
    for (let round = 0; round < 5; round++) {
      const { sequence } = await log.head();
      while (caughtUp.at(-1) !== sequence) await once(worker, 'message');
      late.push(...(await write(8, 10)));
    }
    const { sequence } = await log.head();
    while (caughtUp.at(-1) !== sequence) await once(worker, 'message');
    expect(seen).toEqual(idsOf(await all(log.readAll())));
    expect(seen.slice(1).sort()).toEqual([...early, ...late].sort());
    worker.postMessage('close');
    expect(await once(worker, 'exit')).toEqual([0]);
    expect(ended).toBe(true);
  });
});

describe('a second reader in the same thread', () => {
  it('is woken by its own port each time, and leaves nothing behind', async () => {
    await nextTurn();
    const resources = () => process.getActiveResourcesInfo().sort();
    const before = resources();
    const handle = log.readerHandle();
    const portClosed = once(handle.wake, 'close');
    const reader = openSqliteLogReader(handle);
    const follower = reader.follow({ after: START });
    expect(idsOf(await followed(follower, (events) => events.length === 1))).toHaveLength(1);
    const live = reader.follow({ after: await reader.head() });
    const stream = newStream();
    for (const [n, event] of eventsOf(stream, 0, 5).entries()) {
      expect(await live.next()).toMatchObject({ value: { caughtUp: true } });
      const waiting = live.next();
      await log.append(stream, [event], n === 0 ? 'none' : n - 1);
      expect(await waiting).toMatchObject({ value: [{ id: event.id }] });
    }
    await live.return();
    expect(reader.openFollowers).toBe(0);
    await reader.close();
    await portClosed;
    await nextTurn();
    expect(resources()).toEqual(before);
    expect(await all(log.readStream(stream))).toHaveLength(5);
  });

  it('is woken once when it is subscribed: a commit before that may have come after its look at the log', async () => {
    const { wake } = log.readerHandle();
    const [head] = (await once(wake, 'message')) as [number];
    expect(head).toBe((await log.head()).sequence);
    wake.close();
  });

  it('reads without a writer', async () => {
    const ids = await write(1, 3);
    await log.close();
    const reader = openSqliteLogReader({ file: log.file });
    expect(idsOf(await all(reader.readAll())).slice(1)).toEqual(ids);
    await reader.close();
  });
});
