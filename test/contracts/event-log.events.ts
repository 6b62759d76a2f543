import { randomUUID } from 'node:crypto';
import { sealEvent } from '#event-sourcing/envelope.js';
import {
  type CaughtUp,
  type Checkpoint,
  type NewEvent,
  type Revision,
  type StoredEvent,
} from '#event-sourcing/log/event-log.js';
import { person } from '../builders/actors.js';

export const newStream = (prefix = 'case'): string => `${prefix}-${randomUUID()}`;

interface Given {
  id?: string;
  type?: string;
  commandId?: string;
  previousHash?: string;
}

/** A sealed event as the kernel would hand it to the log. */
export function eventOf(
  stream: string,
  revision: Revision,
  payload: object = { n: revision },
  given: Given = {},
): NewEvent {
  return sealEvent(
    {
      id: given.id ?? randomUUID(),
      type: given.type ?? 'NoteAdded',
      schemaVersion: 1,
      stream,
      revision,
      recordedAt: '2025-01-23T14:00:00.000Z',
      actor: person('ann', 'Ann', 'k1'),
      commandId: given.commandId ?? null,
      commandHash: given.commandId ? 'a'.repeat(64) : null,
      correlationId: 'c1',
      causationId: 'c1',
      previousHash: given.previousHash ?? null,
    },
    payload,
  );
}

export const eventsOf = (stream: string, first: Revision, count: number): NewEvent[] =>
  Array.from({ length: count }, (_, n) => eventOf(stream, first + n));

/** Everything the pages hold. */
export async function all(pages: AsyncIterable<StoredEvent[]>): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const page of pages) {
    if (page.length === 0) throw new Error('A page is never empty.');
    events.push(...page);
  }
  return events;
}

export const idsOf = (events: readonly { id: string }[]): string[] => events.map(({ id }) => id);

/** Where a reader stands that has seen this event. */
export function placeOf(event: StoredEvent): Checkpoint {
  if (event.sequence === null) throw new Error('Read the event from the whole log: only there its sequence is known.');
  return { sequence: event.sequence, position: event.position };
}

/** The events a follower hands out until `enough` says so; then it is ended. */
export async function followed(
  follower: AsyncIterable<StoredEvent[] | CaughtUp>,
  enough: (events: StoredEvent[], caughtUp: CaughtUp | null) => boolean,
): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const step of follower) {
    if (Array.isArray(step)) events.push(...step);
    if (enough(events, Array.isArray(step) ? null : step)) break;
  }
  return events;
}
