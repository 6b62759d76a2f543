import { setTimeout as delay } from 'node:timers/promises';
import { type Benchmark, ROUNDS } from './benchmark.js';
import { history } from './history/history.js';
import { MeasuredServer } from './measured-server.js';
import { resultOf, type Side } from './rounds.js';

const MOST = 1_500;

/** From the start of the process until `/health/ready` says so, on a folder with a long log and its read models. */
export const start: Benchmark = {
  name: 'start',
  run: async (bench) => {
    const { folder, head } = await history(bench);
    const sides: Side[] = [];
    // The first start finds nothing of the files in memory and issues the first key: it is not counted.
    for (let round = 0; round <= ROUNDS; round++) {
      const began = performance.now();
      const server = await MeasuredServer.start('product', folder);
      while (!(await fetch(`${server.url}/health/ready`)).ok) await delay(5);
      if (round > 0) sides.push({ value: performance.now() - began });
      await server.stop();
    }
    const about = {
      name: 'start',
      unit: 'ms',
      target: `<= ${MOST} ms to ready`,
      note: `a log of ${head.toLocaleString('en')} events`,
    };
    return resultOf(about, { product: sides, ceiling: null }, ({ value }) => value <= MOST);
  },
};
