import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { type Benchmark } from './benchmark.js';
import { inTurns, latencies, resultOf, type Side } from './rounds.js';
import { bytesOf, sampleEvents } from './sample-events.js';

/** One caller that appends one event after the other, each durable before the next. */
export const append1: Benchmark = {
  name: 'append.1',
  run: async ({ preset, folder }) => {
    const events = sampleEvents(500);
    const log = await openSqliteLog({ folder: await folder('append-1') });
    const file = openSync(join(await folder('append-1-file'), 'events'), 'a');
    let revision = -1;
    const product = async (): Promise<Side> => {
      const samples: number[] = [];
      const start = performance.now();
      for (let now = start; now - start < preset.seconds * 1000;) {
        await log.append('case-one', [events[(revision + 1) % events.length]], revision < 0 ? 'none' : revision);
        revision++;
        const done = performance.now();
        samples.push(done - now);
        now = done;
      }
      return { value: (samples.length / (performance.now() - start)) * 1000, ...latencies(samples) };
    };
    const ceiling = (): Promise<Side> => {
      const bytes = events.map(bytesOf);
      let count = 0;
      const start = performance.now();
      while (performance.now() - start < preset.seconds * 1000) {
        writeSync(file, bytes[count++ % bytes.length]);
        fdatasyncSync(file);
      }
      return Promise.resolve({ value: (count / (performance.now() - start)) * 1000 });
    };
    try {
      const sides = await inTurns(product, ceiling);
      const target = '>= 0.5 of appending the same bytes to a file with fdatasync';
      return resultOf({ name: 'append.1', unit: 'events/s', target }, sides, ({ ratio }) => ratio! >= 0.5);
    } finally {
      closeSync(file);
      await log.close();
    }
  },
};
