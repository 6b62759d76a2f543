import { randomUUID } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type NewEvent } from '#event-sourcing/log/event-log.js';
import { openSqliteLog, type SqliteEventLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { bareRows } from './bare-rows.js';
import { type Benchmark } from './benchmark.js';
import { inTurns, latencies, median, resultOf, type Side } from './rounds.js';
import { bytesOf, sampleEvents } from './sample-events.js';

const CALLERS = 64;

/** 64 callers, each appending to a stream of its own, each waiting until its event is durable. */
export const append64: Benchmark = {
  name: 'append.64',
  run: async ({ preset, folder }) => {
    const { seconds } = preset;
    const events = sampleEvents(2_048);
    const log = await openSqliteLog({ folder: await folder('append-64') });
    const plain = openSync(join(await folder('append-64-file'), 'events'), 'a');
    const files: number[] = [];
    try {
      await appending(log, events, seconds / 2);
      const sides = await inTurns(
        () => appending(log, events, seconds),
        async () => {
          files.push(inFile(plain, events, seconds));
          return { value: await bareRows(await folder('append-64-bare'), events, CALLERS, seconds) };
        },
      );
      const about = {
        name: 'append.64',
        unit: 'events/s',
        target: '>= 0.6 of the same rows and grouping in a bare SQLite thread, and >= 20,000 events/s',
        note: `a plain file with the same grouping: ${Math.round(median(files)).toLocaleString('en')} events/s`,
      };
      return resultOf(about, sides, ({ value, ratio }) => ratio! >= 0.6 && value >= 20_000);
    } finally {
      closeSync(plain);
      await log.close();
    }
  },
};

async function appending(log: SqliteEventLog, events: readonly NewEvent[], seconds: number): Promise<Side> {
  const samples: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    Array.from({ length: CALLERS }, async (_, caller) => {
      const stream = `case-${randomUUID()}`;
      let revision = -1;
      for (let now = performance.now(); now < end;) {
        const event = events[(caller * 32 + ++revision) % events.length];
        await log.append(stream, [event], revision === 0 ? 'none' : revision - 1);
        const done = performance.now();
        samples.push(done - now);
        now = done;
      }
    }),
  );
  return { value: (samples.length / (performance.now() - start)) * 1000, ...latencies(samples) };
}

/** The same groups of events, written to a file and synced; events a second. */
function inFile(file: number, events: readonly NewEvent[], seconds: number): number {
  const group = Buffer.concat(events.slice(0, CALLERS).map(bytesOf));
  let count = 0;
  const start = performance.now();
  while (performance.now() - start < seconds * 1000) {
    writeSync(file, group);
    fdatasyncSync(file);
    count += CALLERS;
  }
  return (count / (performance.now() - start)) * 1000;
}
