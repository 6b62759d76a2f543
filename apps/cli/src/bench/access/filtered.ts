import { AccessPolicy } from '#access/access-policy.js';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { type AccessFilter, EVERYTHING } from '#read-models/access-filter.js';
import { type Bench, type Result } from '../benchmark.js';
import { history, openReadModels } from '../history/history.js';
import { type PastQuery } from '../history/past-queries.js';
import { inTurns, latencies, resultOf, type Side } from '../rounds.js';
import { INVESTIGATOR } from './investigator.js';

/**
 * The rate of a query under an investigator's filter against that of the same under one that lets all through, in this process
 * and through the read models' own API: HTTP and GraphQL, which cost both the same, would cover the difference.
 */
export async function filteredAgainstOpen(
  bench: Bench,
  name: string,
  least: number,
  query: PastQuery,
): Promise<Result> {
  const { folder, longCases, rowVersions } = await history(bench);
  const log = await openSqliteLog({ folder });
  const readModels = await openReadModels(folder, log);
  const run = async (filter: AccessFilter, seconds: number): Promise<Side> => {
    const samples: number[] = [];
    const began = performance.now();
    const until = began + seconds * 1000;
    for (let now = began; now < until;) {
      const session = readModels.session(filter);
      await query(session, await session.at(), longCases[samples.length % longCases.length]);
      const done = performance.now();
      samples.push(done - now);
      now = done;
    }
    return { value: (samples.length * 1000) / (performance.now() - began), ...latencies(samples) };
  };
  const filtered = new AccessPolicy().filter(INVESTIGATOR);
  try {
    for (const filter of [filtered, EVERYTHING]) await run(filter, bench.preset.seconds);
    const sides = await inTurns(
      () => run(filtered, bench.preset.seconds),
      () => run(EVERYTHING, bench.preset.seconds),
    );
    const about = {
      name,
      unit: 'reads/s',
      target: `>= ${least} of the rate with a filter that lets all through`,
      note: `one after the other, an investigator in five groups; ${rowVersions.toLocaleString('en')} row versions`,
    };
    return resultOf(about, sides, ({ ratio }) => ratio! >= least);
  } finally {
    await readModels.close();
    await log.close();
  }
}
