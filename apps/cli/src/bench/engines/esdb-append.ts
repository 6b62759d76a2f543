import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { type NewEvent } from '#event-sourcing/log/event-log.js';
import { openEventStoreLog } from '#event-sourcing/log/eventstoredb/event-store-log.js';
import { type Benchmark } from '../benchmark.js';
import { inTurns, latencies, resultOf, type Side } from '../rounds.js';
import { sampleEvents } from '../sample-events.js';
import { eventStore, newPrefix } from './engines.js';

const CALLERS = 64;

/** 64 callers, each appending to a stream of its own, by the log and by the bare client. */
export const esdbAppend: Benchmark = {
  name: 'esdb.append.64',
  run: async (bench) => {
    const { url, name } = await eventStore(bench);
    const { seconds } = bench.preset;
    const events = sampleEvents(2_048);
    const log = await openEventStoreLog({ url, prefix: newPrefix() });
    const client = EventStoreDBClient.connectionString(url);
    const byLog = (stream: string, event: NewEvent, revision: number) =>
      log.append(stream, [event], revision === 0 ? 'none' : revision - 1);
    const byClient = (stream: string, { id, type, payload, metadata }: NewEvent, revision: number) => {
      const [data, its] = [payload, metadata].map((text) => JSON.parse(text) as Record<string, string>);
      const event = jsonEvent({ id, type, data, metadata: its });
      return client.appendToStream(stream, event, {
        expectedRevision: revision === 0 ? NO_STREAM : BigInt(revision - 1),
      });
    };
    try {
      for (const append of [byLog, byClient]) await appending(append, events, seconds / 2);
      const sides = await inTurns(
        () => appending(byLog, events, seconds),
        () => appending(byClient, events, seconds),
      );
      const about = {
        ...{ name: 'esdb.append.64', unit: 'events/s', note: `on ${name}` },
        target: '>= 0.9 of the bare client doing the same',
      };
      return resultOf(about, sides, ({ ratio }) => ratio! >= 0.9);
    } finally {
      await log.close();
      // It may never resolve after a call that was left.
      void client.dispose();
    }
  },
};

async function appending(
  append: (stream: string, event: NewEvent, revision: number) => Promise<unknown>,
  events: readonly NewEvent[],
  seconds: number,
): Promise<Side> {
  const samples: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    Array.from({ length: CALLERS }, async (_, caller) => {
      const stream = `case-${randomUUID()}`;
      for (let [revision, now] = [0, performance.now()]; now < end; revision++) {
        await append(stream, { ...events[(caller * 32 + revision) % events.length], id: randomUUID() }, revision);
        const done = performance.now();
        samples.push(done - now);
        now = done;
      }
    }),
  );
  return { value: (samples.length / (performance.now() - start)) * 1000, ...latencies(samples) };
}
