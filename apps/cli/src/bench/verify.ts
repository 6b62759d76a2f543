import { join } from 'node:path';
import { contentHash } from '#event-sourcing/hash.js';
import { openSqliteLogReader } from '#event-sourcing/log/sqlite/reader.js';
import { LOG_FILE } from '#event-sourcing/log/sqlite/log-file.js';
import { verifyLog } from '#event-sourcing/log/sqlite/verify/verify-log.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { type Benchmark } from './benchmark.js';
import { history } from './history/history.js';
import { inTurns, resultOf, type Side } from './rounds.js';

/** `caseledger verify` over a long log: two threads, schemas and the file's structure included. */
export const verify: Benchmark = {
  name: 'verify',
  run: async (bench) => {
    const { folder, head } = await history(bench);
    const file = join(folder, LOG_FILE);
    const registry = projectionsModule();
    const sides = await inTurns(
      () => timed(() => verified(file, registry)),
      () => timed(() => readAndHashed(file)),
    );
    const about = {
      name: 'verify',
      unit: 'events/s',
      target: '>= 100,000 events/s on two threads, schemas included',
      note: `${head.toLocaleString('en')} events, the start of the threads included; the ceiling reads and hashes them in one thread, no more`,
    };
    return resultOf(about, sides, ({ value }) => value >= 100_000);
  },
};

async function timed(run: () => Promise<number>): Promise<Side> {
  const start = performance.now();
  const events = await run();
  return { value: (events * 1000) / (performance.now() - start) };
}

async function verified(file: string, registry: URL): Promise<number> {
  const { verdict, events } = await verifyLog(file, { registry });
  if (verdict !== 'SOUND') throw new Error(`The log of the benchmark is ${verdict}.`);
  return events;
}

async function readAndHashed(file: string): Promise<number> {
  const log = openSqliteLogReader({ file });
  let count = 0;
  try {
    for await (const page of log.readAll()) {
      for (const { metadata, payload } of page) contentHash(metadata, payload);
      count += page.length;
    }
    return count;
  } finally {
    await log.close();
  }
}
