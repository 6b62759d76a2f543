import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, START as BEGINNING, streamNameFilter } from '@eventstore/db-client';
import { type EventLog, START } from '#event-sourcing/log/event-log.js';
import { openEventStoreLog } from '#event-sourcing/log/eventstoredb/event-store-log.js';
import { STREAM_CATEGORIES } from '#event-sourcing/log/eventstoredb/streams.js';
import { type Benchmark } from '../benchmark.js';
import { inTurns, resultOf, type Side } from '../rounds.js';
import { sampleEvents } from '../sample-events.js';
import { eventStore, newPrefix } from './engines.js';

/** Events of one append, and streams at once, while the log is filled. */
const EVENTS = 250;
const STREAMS = 8;

/** A follower reads a whole log, by the log and by the bare client's subscription with the same filter. */
export const esdbCatchup: Benchmark = {
  name: 'esdb.catchup',
  run: async (bench) => {
    const { url, name } = await eventStore(bench);
    const prefix = newPrefix();
    const log = await openEventStoreLog({ url, prefix });
    const client = EventStoreDBClient.connectionString(url);
    try {
      const head = await fill(log, Math.round(bench.preset.seconds * 40_000));
      const byClient = () => subscribed(client, prefix, head);
      await byLog(log, head);
      await byClient();
      const sides = await inTurns(() => byLog(log, head), byClient);
      const about = {
        ...{ name: 'esdb.catchup', unit: 'events/s', note: `${head.toLocaleString('en')} events on ${name}` },
        target: '>= 0.9 of the bare client doing the same',
      };
      return resultOf(about, sides, ({ ratio }) => ratio! >= 0.9);
    } finally {
      await log.close();
      void client.dispose();
    }
  },
};

/** Returns the last sequence. */
async function fill(log: EventLog, wanted: number): Promise<number> {
  const events = sampleEvents(EVENTS);
  for (let stored = 0; stored < wanted; stored += EVENTS * STREAMS) {
    const append = () =>
      log.append(
        `case-${randomUUID()}`,
        events.map((event) => ({ ...event, id: randomUUID() })),
        'none',
      );
    await Promise.all(Array.from({ length: STREAMS }, append));
  }
  return (await log.head()).sequence;
}

async function byLog(log: EventLog, head: number): Promise<Side> {
  const start = performance.now();
  for await (const page of log.follow({ after: START })) {
    if (Array.isArray(page) && page.at(-1)!.sequence! >= head) break;
  }
  return { value: (head / (performance.now() - start)) * 1000 };
}

async function subscribed(client: EventStoreDBClient, prefix: string, head: number): Promise<Side> {
  const start = performance.now();
  const filter = streamNameFilter({ prefixes: STREAM_CATEGORIES.map((category) => `${prefix}${category}-`) });
  const subscription = client.subscribeToAll({ fromPosition: BEGINNING, filter });
  let events = 0;
  for await (const { event } of subscription) if (event && ++events >= head) break;
  await subscription.unsubscribe();
  return { value: (head / (performance.now() - start)) * 1000 };
}
