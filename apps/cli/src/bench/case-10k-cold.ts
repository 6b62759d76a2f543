import { type Benchmark } from './benchmark.js';
import { LargeCase } from './large-case.js';
import { inTurns, latencies, resultOf, type Side } from './rounds.js';

/** A command on a case of 10,000 events that nobody has used since the start, in the kernel, without HTTP. */
export const case10kCold: Benchmark = {
  name: 'case.10k.cold',
  run: async ({ preset, folder }) => {
    const cases = await LargeCase.make(await folder('case-10k-cold'));
    const several = async (once: () => Promise<number>): Promise<Side> => {
      const samples: number[] = [];
      for (let n = 0; n < preset.loads; n++) samples.push(await once());
      const { p50, p99 } = latencies(samples);
      return { value: p50, p50, p99 };
    };
    const cold = (): Promise<number> => cases.command(cases.newHandler(), cases.large);
    try {
      await several(cold);
      const sides = await inTurns(
        () => several(cold),
        () => several(() => cases.read()),
      );
      const about = {
        name: 'case.10k.cold',
        unit: 'ms',
        target: '<= 60 ms',
        note: 'the ceiling reads the 10,000 events and parses their payloads, no more',
      };
      return resultOf(about, sides, ({ value }) => value <= 60);
    } finally {
      await cases.close();
    }
  },
};
