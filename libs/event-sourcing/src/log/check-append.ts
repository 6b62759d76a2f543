import { isWellFormed } from '../well-formed.js';
import { AppendTooLarge } from './errors.js';
import { MAX_APPEND_BYTES, type NewEvent } from './event-log.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * What every engine checks before it sends an append: at least one event, ids that are lower-case UUIDs, names that are
 * not empty, well-formed text (anything else would be stored as something else), `MAX_APPEND_BYTES`.
 * Answers the bytes of its payloads and metadata. Throws a TypeError or `AppendTooLarge`.
 */
export function checkAppend(stream: string, events: readonly NewEvent[]): number {
  if (stream === '' || !isWellFormed(stream)) throw new TypeError('A stream needs a name of well-formed text.');
  if (events.length === 0) throw new TypeError(`An append to ${stream} carries no event; it needs at least one.`);
  let bytes = 0;
  for (const { id, type, payload, metadata } of events) {
    if (!UUID.test(id)) throw new TypeError(`The event id "${id}" is not a UUID in lower case.`);
    if (type === '') throw new TypeError(`Event ${id} has no type.`);
    if (!isWellFormed(payload) || !isWellFormed(metadata)) {
      throw new TypeError(`Event ${id} holds half a surrogate pair; its text would be stored as something else.`);
    }
    bytes += Buffer.byteLength(payload) + Buffer.byteLength(metadata);
  }
  if (bytes > MAX_APPEND_BYTES) throw new AppendTooLarge(bytes, MAX_APPEND_BYTES);
  return bytes;
}
