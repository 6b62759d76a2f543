import { join } from 'node:path';
import { missing, readLog } from '../crash/check-log.js';
import { Journal } from '../crash/journal.js';
import { Life } from '../crash/life.js';
import { Random } from '../crash/random.js';
import { until } from '../crash/until.js';
import { nothingIsLost } from './aftermath.js';
import { Image, noImages } from './image.js';
import { Load } from './load.js';

/** How often the power is cut: `npm run test:faults -- --rounds 20`. */
const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 2);
/** Between two cuts, up to so many commands are acknowledged. */
const MOST = 400;
const random = new Random();

/** What had been acknowledged, and what sent, until now. */
function soFar({ sent }: Journal): Journal {
  const journal = new Journal();
  journal.sent.push(...sent.map((one) => ({ ...one })));
  return journal;
}

/** A life that goes on from a copy of another's folder: what had been sent so far is known. */
function lifeOn(folder: string, { hotCase }: Life, journal: Journal): Life {
  const life = new Life(folder, hotCase);
  life.journal.sent.push(...journal.sent);
  return life;
}

const where = noImages === undefined ? it : it.skip;
const reason = noImages === undefined ? '' : ` (not run: ${noImages})`;

describe(`a power cut while the log is written (CRASH_SEED=${random.seed})`, () => {
  where(
    `loses nothing that was acknowledged, over ${ROUNDS} cuts${reason}`,
    () =>
      Image.on(192, async (disk) => {
        const life = new Life(join(disk.folder, 'data'));
        try {
          await life.start({ DISK_FLOOR_MB: '0' });
          const load = new Load(life.sender, life.hotCase);
          for (let round = 1; round <= ROUNDS; round++) {
            const enough = load.acknowledged + 1 + random.next(MOST);
            await until('more is acknowledged', () => (load.acknowledged >= enough ? true : undefined));
            // Stopped in the middle of its work; what it has written and not synced is not on the disk.
            process.kill(life.server.pid, 'SIGSTOP');
            const journal = soFar(life.journal);
            await disk.cut(async (copy) => {
              const folder = join(copy.folder, 'data');
              expect(journal.acknowledged.length).toBeGreaterThan(enough - 1);
              expect(missing(await readLog(folder), journal)).toEqual([]);
              if (round < ROUNDS) return;
              const again = lifeOn(folder, life, journal);
              try {
                await nothingIsLost(again);
              } finally {
                await again.end();
              }
            });
            process.kill(life.server.pid, 'SIGCONT');
          }
          await load.stop();
          expect(load.refusals).toEqual([]);
        } finally {
          await life.end();
        }
      }),
    60_000 + ROUNDS * 60_000,
  );
});
