import { type StoredEvent } from '../event-log.js';

/** Everything about an event but where its engine keeps it. */
const SAME = [
  ...(['sequence', 'stream', 'revision', 'id', 'type', 'schemaVersion'] as const),
  ...(['payload', 'metadata', 'hash', 'commandId', 'commandHash'] as const),
];

/** In what a copy differs from its original; null if it is the same. */
export function difference(event: StoredEvent, copy: StoredEvent): string | null {
  const field = SAME.find((name) => event[name] !== copy[name]);
  return field ? `has another ${field}` : null;
}
