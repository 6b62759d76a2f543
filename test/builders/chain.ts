import { contentHash } from '#event-sourcing/hash.js';
import { type EventLog, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { eventsIn } from './record.js';

/** The events of a stream, after making sure that its revisions and its chain of hashes are unbroken and no id repeats. */
export async function chainOf(log: Pick<EventLog, 'readStream'>, stream: string): Promise<StoredEvent[]> {
  const events = await eventsIn(log, stream);
  expectChain(events);
  expect(events.map(({ hash }) => hash)).toEqual(events.map(({ metadata, payload }) => contentHash(metadata, payload)));
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  return events;
}

/** All events of a stream follow each other: revision by revision, each with the hash of the one before it. */
export function expectChain(events: readonly StoredEvent[]): void {
  expect(events.map(({ revision }) => revision)).toEqual(events.map((_, n) => n));
  expect(events.map(({ metadata }) => previousHash(metadata))).toEqual([
    ...(events.length > 0 ? [undefined] : []),
    ...events.slice(0, -1).map(({ hash }) => hash),
  ]);
}

const previousHash = (metadata: string): string | undefined =>
  (JSON.parse(metadata) as { previousHash?: string }).previousHash;
