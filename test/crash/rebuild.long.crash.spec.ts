import { readdir } from 'node:fs/promises';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { ExampleCase } from '../../apps/cli/src/bench/history/example-case.js';
import { readModelsDiffer } from './check-read-models.js';
import { inFolder } from './folder.js';
import { Random } from './random.js';
import { ServerUnderTest } from './server-under-test.js';
import { until } from './until.js';

const random = new Random();
/** A build is killed up to so many milliseconds after it began. */
const MOST_MILLISECONDS = 400;

describe(`read stores that are rebuilt (CRASH_SEED=${random.seed})`, () => {
  it(
    'are whole or not there, whenever the server is killed',
    () =>
      inFolder(async (folder) => {
        const log = await openSqliteLog({ folder });
        const cases = Array.from({ length: 40 }, (_, n) => new ExampleCase(n).open());
        for (let round = 0; round < 60; round++) await Promise.all(cases.map((one) => one.goOn().store(log)));
        const { sequence: head } = await log.head();
        expect(head).toBeGreaterThan(10_000);
        await log.close();
        const files = async () => (await readdir(folder)).filter((name) => /^read-.*\.sqlite/.test(name));
        const killed = new ServerUnderTest(folder);
        await killed.listening();
        await until('it is being built', async () => (await files()).find((name) => name.includes('.building')));
        await new Promise((resolve) => setTimeout(resolve, random.next(MOST_MILLISECONDS)));
        await killed.kill();
        if ((await files()).some((name) => name.includes('.building')))
          expect((await files()).filter((name) => !name.includes('.building'))).toEqual([]);
        const server = new ServerUnderTest(folder);
        try {
          await server.listening();
          await until('it is built', async () => (await files()).find((name) => name.endsWith('.sqlite')));
        } finally {
          await server.stop();
        }
        expect(await readModelsDiffer(folder)).toBeNull();
      }),
    120_000,
  );
});
