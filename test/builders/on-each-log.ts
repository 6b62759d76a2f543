import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventLog } from '#event-sourcing/log/event-log.js';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { Boxes } from './boxes.js';
import { MemoryLog } from './memory-log.js';

interface Engine {
  log: EventLog;
  destroy(): Promise<void>;
}

const engines: [name: string, open: () => Promise<Engine>][] = [
  ['a log in memory', async () => ({ log: await MemoryLog.create(), destroy: () => Promise.resolve() })],
  [
    'SQLite',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'caseledger-handler-'));
      const onFatal = (error: Error) => {
        throw error;
      };
      const log = await openSqliteLog({ folder, onFatal });
      const destroy = async () => {
        await log.close();
        await rm(folder, { recursive: true });
      };
      return { log, destroy };
    },
  ],
];

/** A log of each test's own, and the boxes on it. */
class BoxesUnderTest {
  log!: EventLog;
  logId!: string;
  boxes!: Boxes;

  readonly newBox = async () => {
    const { subjectId: boxId, stream } = await this.boxes.open({});
    return { boxId, stream };
  };
  readonly sequenceNow = async () => (await this.log.head()).sequence;
}

export function onEachLog(tests: (here: BoxesUnderTest) => void): void {
  describe.each(engines)('commands on %s', (_, open) => {
    const here = new BoxesUnderTest();
    let engine: Engine;
    beforeEach(async () => {
      engine = await open();
      here.log = engine.log;
      here.logId = await here.log.identity();
      here.boxes = new Boxes(here.log, here.logId);
    });
    afterEach(() => engine.destroy());
    tests(here);
  });
}
