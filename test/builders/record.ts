import { type Actor, sealEvent } from '#event-sourcing/envelope.js';
import { type DecidedEvent } from '#event-sourcing/event.js';
import { uuidOf } from '#event-sourcing/hash.js';
import { type EventLog, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { ann } from './actors.js';
import { NOW } from './decide.js';

/** Everything that stands in a stream. */
export async function eventsIn(log: Pick<EventLog, 'readStream'>, stream: string): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const page of log.readStream(stream)) events.push(...page);
  return events;
}

/** Appends events to a stream as another writer would, each of them after the last one there. */
export async function record(
  log: EventLog,
  stream: string,
  events: readonly (DecidedEvent & { actor?: Actor })[],
): Promise<void> {
  for (const { type, version, payload, actor = ann } of events) {
    const last = (await eventsIn(log, stream)).at(-1);
    const revision = last ? last.revision + 1 : 0;
    const id = uuidOf('recorded', stream, revision);
    const envelope = {
      id,
      type,
      schemaVersion: version,
      stream,
      revision,
      recordedAt: NOW,
      actor,
      commandId: null,
      commandHash: null,
      correlationId: id,
      causationId: id,
      previousHash: last?.hash ?? null,
    };
    await log.append(stream, [sealEvent(envelope, payload)], last ? last.revision : 'none');
  }
}
