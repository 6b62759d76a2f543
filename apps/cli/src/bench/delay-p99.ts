import { type Benchmark } from './benchmark.js';
import { type MeasuredServer } from './measured-server.js';
import { CALLERS, noteLoad, openCases, PLAIN } from './note-load.js';
import { inTurns, resultOf } from './rounds.js';
import { warmUp } from './warm-up.js';

/** How late the event loop of the server is while 64 callers write, against the same with constant answers. */
export const delayP99: Benchmark = {
  name: 'delay.p99',
  run: async ({ preset, servers }) => {
    const [product, constant] = await Promise.all([servers.product, servers.constant]);
    await warmUp(servers, PLAIN, preset);
    const measure = async (server: MeasuredServer, cases: string[]) => {
      server.beginReport();
      const { p50, p99 } = await servers.load.runWell(noteLoad(server, preset.seconds, cases));
      const { delayP99: value } = await server.report();
      return { value, p50, p99 };
    };
    const unused = [crypto.randomUUID()];
    const sides = await inTurns(
      async () => measure(product, await openCases(product, CALLERS)),
      () => measure(constant, unused),
    );
    const target = '<= 1.5 times that of the same mutation answering a constant';
    return resultOf({ name: 'delay.p99', unit: 'ms', target }, sides, ({ ratio }) => ratio! <= 1.5);
  },
};
