import { type Benchmark, type Round } from './benchmark.js';
import { CALLERS, noteLoad, openCases } from './note-load.js';

const MB = 1_000_000;
const MOST = 400;
/** How much the last reading may lie above the one at a third of the way: what is flat wavers too. */
const FLAT = 1.15;
const STRETCHES = 30;
/** Notes of each case: then the next ones are begun, as in a long life. */
const PER_CASE = 300;

/** What the server's process holds in memory while events are recorded. */
export const memory: Benchmark = {
  name: 'memory',
  run: async ({ preset, folder, servers }) => {
    const product = await servers.over(await folder('memory'));
    const readings: number[] = [];
    let events = 0;
    while (events < preset.memoryEvents) {
      const cases = await openCases(product, CALLERS);
      const stretch = Math.min(CALLERS * PER_CASE, Math.ceil(preset.memoryEvents / STRETCHES));
      const load = { ...noteLoad(product, 600, cases), requests: stretch };
      events += (await servers.load.runWell(load)).count + CALLERS;
      readings.push((await product.report()).rss / MB);
    }
    await product.stop();
    const value = Math.max(...readings);
    const early = Math.max(...readings.slice(0, Math.ceil(readings.length / 3)));
    const last = readings.at(-1)!;
    const rounds: Round[] = readings.map((reading) => ({ value: reading, ceiling: null }));
    return {
      name: 'memory',
      value,
      unit: 'MB',
      ceiling: null,
      ratio: null,
      target: `flat over 1,000,000 events (the end at most ${FLAT} times the first third), < ${MOST} MB`,
      pass: value < MOST && (last <= early * FLAT || preset.name === 'quick'),
      p50: null,
      p99: null,
      rounds,
      note:
        `over ${events.toLocaleString('en')} events${preset.name === 'quick' ? ' (too few to tell whether it is flat: quick preset)' : ''}: ` +
        `${early.toFixed(0)} MB in the first third, ${last.toFixed(0)} MB at the end`,
    };
  },
};
