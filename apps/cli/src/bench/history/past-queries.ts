import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { EVERYTHING } from '#read-models/access-filter.js';
import { type ReadPoint, type ReadSession } from '#read-models/read-session.js';
import { type Bench, type Result, ROUNDS } from '../benchmark.js';
import { latencies, median, resultOf, type Side } from '../rounds.js';
import { history, type History, openReadModels } from './history.js';

/** A query, at the point given, of one of the long cases. */
export type PastQuery = (session: ReadSession, at: ReadPoint, caseId: string) => Promise<unknown>;

/** What a past moment may cost more than the present, at most. */
const FACTOR = 1.3;
const MORE_MS = 0.1;

/**
 * The query as of past moments of a long history against the same query now, in this process and through the read
 * models' own API: without HTTP and GraphQL, which would cover the difference. The value is that of the slowest moment.
 */
export async function pastAgainstNow(bench: Bench, name: string, query: PastQuery): Promise<Result> {
  const past = await history(bench);
  const rounds = await measure(past, query, bench.preset.samples);
  const at = (round: number, moment: number): Side => latencies1(rounds[round][moment]);
  const byMoment = past.moments.map(({ percent }, moment) => ({
    percent,
    p50: median(rounds.map((_, round) => at(round, moment + 1).value)),
  }));
  const slowest = byMoment.reduce((worst, one) => (one.p50 > worst.p50 ? one : worst));
  const moment = byMoment.indexOf(slowest) + 1;
  const sides = {
    product: rounds.map((_, round) => at(round, moment)),
    ceiling: rounds.map((_, round) => at(round, 0)),
  };
  const points = byMoment.map(({ percent, p50 }) => `${percent} % ${p50.toFixed(3)}`).join(', ');
  const versions = past.rowVersions.toLocaleString('en');
  const fewer = past.rowVersions < 1_000_000 ? ' (fewer than the 1,000,000 of the aim: quick preset)' : '';
  const about = {
    name,
    unit: 'ms',
    target: `<= ${FACTOR} times the query now (plus at most ${MORE_MS} ms), at 1, 10, 50, 90 and 99 % of 1M row versions`,
    note: `${versions} row versions${fewer}; p50 in ms at ${points}`,
  };
  return resultOf(about, sides, ({ value, ceiling }) => value <= ceiling! * FACTOR + MORE_MS);
}

const latencies1 = (samples: readonly number[]): Side => {
  const { p50, p99 } = latencies(samples);
  return { value: p50, p50, p99 };
};

/** Samples in milliseconds, by round and moment: the first is now, the others are those of the history. */
async function measure(
  { folder, moments, longCases }: History,
  query: PastQuery,
  count: number,
): Promise<number[][][]> {
  const log = await openSqliteLog({ folder });
  const readModels = await openReadModels(folder, log);
  const asOfs = [null, ...moments.map(({ sequence }) => ({ sequence }))];
  const once = async (moment: number, n: number): Promise<number> => {
    const session = readModels.session(EVERYTHING);
    const start = performance.now();
    await query(session, await session.at(asOfs[moment]), longCases[n % longCases.length]);
    return performance.now() - start;
  };
  const round = async (samples: number): Promise<number[][]> => {
    const measured: number[][] = asOfs.map(() => []);
    // All moments in turns, so that whatever else the machine does meets them alike.
    for (let n = 0; n < samples; n++)
      for (let moment = 0; moment < asOfs.length; moment++) measured[moment].push(await once(moment, n));
    return measured;
  };
  try {
    await round(Math.ceil(count / 2));
    const rounds: number[][][] = [];
    while (rounds.length < ROUNDS) rounds.push(await round(count));
    return rounds;
  } finally {
    await readModels.close();
    await log.close();
  }
}
