import { setTimeout as pause } from 'node:timers/promises';
import { missing, readLog, sameAnswer } from './check-log.js';
import { readModelsDiffer } from './check-read-models.js';
import { inFolder } from './folder.js';
import { Life } from './life.js';
import { Random } from './random.js';
import { ServerUnderTest } from './server-under-test.js';
import { Writers } from './writers.js';

/** Kills in the life of one folder. */
const ROUNDS_PER_FOLDER = 5;
/** A kill comes after up to so many acknowledgements (fewer where there are few kills), and up to so many milliseconds. */
const mostAcknowledged = (kills: number): number => (kills > 10 ? 600 : 100);
const MOST_MILLISECONDS = 40;
/** One start in so many is killed before it listens. */
const KILLED_STARTS = 4;
const START_MILLISECONDS = 1_500;

const random = new Random();

/** Sends what had no answer, and some of what had one: the answers must be the same again. Then waits for the read models. */
async function answersStand(life: Life): Promise<void> {
  await life.sendAgain();
  const { acknowledged } = life.journal;
  const asked = Array.from({ length: 20 }, () => acknowledged[random.next(acknowledged.length)]);
  for (const [n, again] of (await Promise.all(asked.map((sent) => life.sender.ask(sent)))).entries())
    if (!sameAnswer(again, asked[n].answer))
      throw new Error(`${asked[n].input.commandId} is answered otherwise: ${JSON.stringify(again)}`);
  await life.readModelsCurrent();
}

/** Kills a server while it is starting, at any moment. */
async function killStart(folder: string): Promise<void> {
  const server = new ServerUnderTest(folder);
  await Promise.race([pause(random.next(START_MILLISECONDS)), server.ended]);
  await server.kill();
}

async function oneRound(life: Life, most: number): Promise<void> {
  if (random.next(KILLED_STARTS) === 0) await killStart(life.folder);
  await life.start();
  await answersStand(life);
  expect(await readModelsDiffer(life.folder)).toBeNull();
  const writers = new Writers(life.sender, life.hotCase);
  await Promise.race([writers.reached(1 + random.next(most)), writers.done]);
  await pause(random.next(MOST_MILLISECONDS));
  const { signal } = await life.server.kill();
  await writers.done;
  expect(signal).toBe('SIGKILL');
  expect(missing(await readLog(life.folder), life.journal)).toEqual([]);
}

/** The tests of a server that is killed so often in all, five times in the life of one folder. */
export const keepsThrough = (rounds: number): void =>
  describe(`a server that is killed while 64 writers write (CRASH_SEED=${random.seed})`, () => {
    const folders = Math.ceil(rounds / ROUNDS_PER_FOLDER);
    for (let n = 0; n < folders; n++) {
      const kills = Math.min(ROUNDS_PER_FOLDER, rounds - n * ROUNDS_PER_FOLDER);
      const title = `keeps what it acknowledged, once, and its read models, over ${kills} kills (${n + 1} of ${folders})`;
      it(
        title,
        () =>
          inFolder(async (folder) => {
            const life = new Life(folder);
            try {
              for (let round = 0; round < kills; round++) await oneRound(life, mostAcknowledged(rounds));
              await life.start();
              await answersStand(life);
              expect(life.journal.unacknowledged).toEqual([]);
              expect(await life.server.stop()).toMatchObject({ code: 0, errors: '' });
              const content = await readLog(folder);
              expect(missing(content, life.journal)).toEqual([]);
              expect(content.byCommand.size).toBe(life.journal.sent.length);
              expect(await readModelsDiffer(folder)).toBeNull();
            } finally {
              await life.end();
            }
          }),
        (kills + 1) * 60_000,
      );
    }
  });
