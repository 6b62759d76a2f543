import { type Benchmark } from './benchmark.js';
import { CALLERS, noteLoad, openCases, PLAIN } from './note-load.js';
import { inTurns, resultOf } from './rounds.js';
import { warmUp } from './warm-up.js';

/** 64 callers who all write to one case, against as many on a case each. */
export const mutationHot: Benchmark = {
  name: 'mutation.hot',
  run: async ({ preset, servers }) => {
    const product = await servers.product;
    await warmUp(servers, PLAIN, preset);
    const measure = async (count: number) => {
      const cases = await openCases(product, count);
      const result = await servers.load.run(noteLoad(product, preset.seconds, cases));
      return { value: result.rate, ...result };
    };
    const sides = await inTurns(
      () => measure(1),
      () => measure(CALLERS),
    );
    const failed = sides.product.filter((side) => side.failed > 0);
    const refused = failed.reduce((sum, side) => sum + side.failed, 0);
    const about = {
      name: 'mutation.hot',
      unit: 'mutations/s',
      target: '>= 0.8 of mutation.plain, and no conflict is answered',
      note: refused === 0 ? 'no request was refused' : `${refused} requests refused, the first: ${failed[0].failure}`,
    };
    return resultOf(about, sides, ({ ratio }) => ratio! >= 0.8 && refused === 0);
  },
};
