import { type Benchmark } from '../benchmark.js';
import { type MeasuredServer } from '../measured-server.js';
import { CALLERS, noteLoad, openCases } from '../note-load.js';
import { inTurns, resultOf, type Side } from '../rounds.js';
import { eventStore, newDatabase, newPrefix, postgres } from './engines.js';

/** Notes by 64 callers on 64 cases over EventStoreDB and PostgreSQL, beside the embedded engines. */
export const enginesMutation: Benchmark = {
  name: 'engines.mutation',
  run: async (bench) => {
    const { preset, servers, folder } = bench;
    const [log, database] = [await eventStore(bench), await postgres(bench)];
    const engines = { EVENT_LOG: log.url, EVENT_LOG_PREFIX: newPrefix(), READ_STORE: await newDatabase(database) };
    const scaled = await servers.over(await folder('engines'), engines);
    const embedded = await servers.product;
    const measure = async (server: MeasuredServer, seconds: number): Promise<Side> => {
      const cases = await openCases(server, CALLERS);
      const { rate, p50, p99 } = await servers.load.runWell(noteLoad(server, seconds, cases));
      return { value: rate, p50, p99 };
    };
    for (const server of [scaled, embedded]) await measure(server, preset.seconds * 2);
    const sides = await inTurns(
      () => measure(scaled, preset.seconds),
      () => measure(embedded, preset.seconds),
    );
    const about = {
      name: 'engines.mutation',
      unit: 'mutations/s',
      target: 'none: the ceiling is the same on the embedded engines',
      note: `64 callers on 64 cases, the sequence selected, which waits for the read models; on ${log.name} and ${database.name}`,
    };
    return resultOf(about, sides, () => true);
  },
};
