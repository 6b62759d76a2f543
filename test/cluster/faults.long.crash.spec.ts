import { Random } from '../crash/random.js';
import { NoPostgres, PrivatePostgres } from '../postgres/private-postgres.js';
import { checkAftermath } from './aftermath.js';
import { FAULTS, type Lengths, SHORT_FORM } from './faults.js';
import { type Load, World } from './world.js';

/** So many rounds of all of them, each as long as issues are made of, by `npm run test:faults -- --engines`. */
const ROUNDS = Number(process.env.ENGINE_ROUNDS ?? 0);
const LONG: Lengths = { frozen: 30_000, paused: 60_000, away: 1_000, takenOver: 5_000 };
const SHORT: Lengths = { frozen: 500, paused: 0, away: 100, takenOver: 30_000 };
const MUCH: Load = { commands: 128, pause: 250 };
const LITTLE: Load = { commands: 64, pause: 1_000 };

/** How long one of them may take with its check, in milliseconds. */
const PATIENCE = 300_000;
/** How many faults the short form tries: chance chooses them. */
const SOME = 3;
const random = new Random();

const postgres = await PrivatePostgres.start().catch((error: unknown) => {
  if (error instanceof NoPostgres && !process.env.CI) return null;
  throw error;
});

/** Over the double of EventStoreDB and a PostgreSQL server of its own, each of which can be killed. */
(postgres ? describe : describe.skip)(`a cluster that 64 writers write to (CRASH_SEED=${random.seed})`, () => {
  afterAll(() => postgres?.end());

  for (let round = 1; round <= Math.max(1, ROUNDS); round++) {
    describe(`round ${round}`, () => {
      let world: World | undefined;
      beforeAll(async () => {
        world = await World.make(postgres!);
      });
      afterAll(() => world?.close());

      const cases = Object.entries(FAULTS);
      if (ROUNDS > 0) {
        it.each(cases)(
          'loses and doubles nothing when %s',
          async (_, fault) => {
            await world!.whileWriting(MUCH, () => fault(world!, LONG));
            await checkAftermath(world!);
          },
          PATIENCE,
        );
      } else {
        const some = random.some(SHORT_FORM, SOME).map((name) => () => FAULTS[name](world!, SHORT));
        it(
          'loses and doubles nothing through one fault after the other',
          async () => {
            await world!.whileWriting(LITTLE, ...some);
            await checkAftermath(world!);
          },
          PATIENCE,
        );
      }
    });
  }
});
