import { randomUUID } from 'node:crypto';
import { type Actor, sealEvent } from '#event-sourcing/envelope.js';
import { sha256 } from '#event-sourcing/hash.js';
import { type NewEvent } from '#event-sourcing/log/event-log.js';

/** What the notes of all benchmarks say: 208 characters, which makes an event of about a kilobyte. */
export const NOTE_TEXT = 'The partner told us that. '.repeat(8);

/** Who records in all benchmarks. */
export const ACTOR: Actor = {
  ...{ id: 'example', name: 'Example', kind: 'PERSON', authentication: 'KEY' },
  ...{ issuer: null, subject: 'example', credential: 'abcdef0123456789', onBehalfOf: null },
};

/**
 * Notes as the kernel seals them, for benchmarks of the log alone: it does not look into them. They can be appended again
 * and again, to any stream: they do not say what stands before them.
 */
export function sampleEvents(count: number): NewEvent[] {
  return Array.from({ length: count }, (_, revision) => ({
    ...sealEvent(
      {
        id: randomUUID(),
        type: 'NoteAdded',
        schemaVersion: 1,
        stream: `case-${randomUUID()}`,
        revision,
        recordedAt: '2025-03-07T09:30:00.000Z',
        actor: ACTOR,
        commandId: randomUUID(),
        commandHash: sha256(String(revision)),
        correlationId: randomUUID(),
        causationId: randomUUID(),
        previousHash: sha256(`before ${revision}`),
      },
      { noteId: randomUUID(), text: { text: NOTE_TEXT, language: 'en' }, about: [] },
    ),
    previousHash: undefined,
  }));
}

/** The bytes of an event as one piece, for ceilings that only write. */
export const bytesOf = (event: NewEvent): Buffer => Buffer.from(Object.values(event).join('\n'));
