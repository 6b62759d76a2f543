import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { projections, registry } from '#investigation/projections.js';
import { type KeptReadModels } from '#read-models/keeping/kept-read-models.js';
import { openSqliteReadModels } from '#read-models/sqlite/sqlite-read-models.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { type Bench } from '../benchmark.js';
import { ExampleCase, HISTORY_BEGINS } from './example-case.js';

/** Cases that go on through the whole history: they are the ones asked for at past moments. */
const LONG_CASES = 50;
/** Cases that come, are worked on for a while and rest. */
const GENERATION = 250;
/** How often those of a generation go on. */
const VISITS = 7;
/** Row versions that an event makes: one of the case's head, one of a record (or of the case itself). */
const VERSIONS_PER_EVENT = 2;

export interface History {
  folder: string;
  logId: string;
  /** The last sequence. */
  head: number;
  /** The ids of the cases that go on through the whole of it. */
  longCases: string[];
  /** Sequences at 1, 10, 50, 90 and 99 % of it. */
  moments: { percent: number; sequence: number }[];
  /** Row versions of all read models. */
  rowVersions: number;
}

const made = new WeakMap<Bench, Promise<History>>();

/** A data folder with a long history, log and read models: made once in a run, the read models by their own projector. */
export function history(bench: Bench): Promise<History> {
  let promise = made.get(bench);
  if (!promise) made.set(bench, (promise = make(bench)));
  return promise;
}

async function make({ preset, folder: newFolder }: Bench): Promise<History> {
  const folder = await newFolder('history');
  const log = await openSqliteLog({ folder, clock: () => new Date(HISTORY_BEGINS) });
  let numbers = 0;
  const newCases = (count: number): ExampleCase[] =>
    Array.from({ length: count }, () => new ExampleCase(++numbers).open());
  const store = async (cases: readonly ExampleCase[]): Promise<void> => {
    await Promise.all(cases.map((one) => one.store(log)));
  };
  try {
    const longCases = newCases(LONG_CASES);
    await store(longCases);
    const wanted = preset.rowVersions / VERSIONS_PER_EVENT;
    let { sequence: head } = await log.head();
    while (head < wanted) {
      const generation = newCases(Math.min(GENERATION, Math.ceil(wanted / 400)));
      for (let visit = 0; visit < VISITS; visit++)
        await store(generation.map((one) => (visit === 0 ? one : one.goOn())));
      await store(longCases.map((one) => one.goOn()));
      ({ sequence: head } = await log.head());
    }
    const readModels = await openReadModels(folder, log);
    try {
      await caughtUp(readModels, head);
    } finally {
      await readModels.close();
    }
    const moments = [1, 10, 50, 90, 99].map((percent) => ({ percent, sequence: Math.ceil((head * percent) / 100) }));
    const ids = longCases.map(({ id }) => id);
    return {
      folder,
      logId: await log.identity(),
      head,
      longCases: ids,
      moments,
      rowVersions: head * VERSIONS_PER_EVENT,
    };
  } finally {
    await log.close();
  }
}

/** The read models of a folder as the server opens them. */
export function openReadModels(
  folder: string,
  log: Awaited<ReturnType<typeof openSqliteLog>>,
): Promise<KeptReadModels> {
  return openSqliteReadModels({
    folder,
    log,
    logHandle: () => log.readerHandle(),
    projections: projectionsModule(),
    group: projections,
    registry,
  });
}

/** However long it takes, unless the projector fails. */
async function caughtUp(readModels: KeptReadModels, head: number): Promise<void> {
  for (;;) {
    const state = await readModels.waitFor(head, 10_000);
    if (state === 'CURRENT') return;
    if (state === 'FAILED') throw new Error(`The read models failed: ${readModels.status().failure?.message}`);
  }
}
