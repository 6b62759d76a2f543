import { type Benchmark } from './benchmark.js';
import { LargeCase } from './large-case.js';
import { inTurns, latencies, resultOf, type Side } from './rounds.js';

/** A command on a case of 10,000 events that was used just before, in the kernel, without HTTP. */
export const case10kWarm: Benchmark = {
  name: 'case.10k.warm',
  run: async ({ preset, folder }) => {
    const cases = await LargeCase.make(await folder('case-10k-warm'));
    const handler = cases.newHandler();
    const several = async (caseId: string): Promise<Side> => {
      const samples: number[] = [];
      for (let n = 0; n < preset.samples; n++) samples.push(await cases.command(handler, caseId));
      const { p50, p99 } = latencies(samples);
      return { value: p50, p50, p99 };
    };
    try {
      for (const caseId of [cases.large, cases.small]) await several(caseId);
      const sides = await inTurns(
        () => several(cases.large),
        () => several(cases.small),
      );
      const about = {
        name: 'case.10k.warm',
        unit: 'ms',
        target: '<= 2 ms',
        note: 'the ceiling is the same command on a case of few events',
      };
      return resultOf(about, sides, ({ value }) => value <= 2);
    } finally {
      await cases.close();
    }
  },
};
