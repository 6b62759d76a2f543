import { type LogFilter, type StoredEvent } from '../event-log.js';

/** Whether an event matches: here, not on the server, since every event of ours must be counted to know the sequence of one. */
export function matching({ streamPrefixes, types }: LogFilter = {}): (event: StoredEvent) => boolean {
  return ({ stream, type }) =>
    (streamPrefixes?.some((prefix) => stream.startsWith(prefix)) ?? true) && (types?.includes(type) ?? true);
}
