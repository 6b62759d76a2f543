import { type Position } from './position.js';
import { readAllRequest } from './protocol.js';
import { type ServerReads } from './server-reads.js';
import { nameOf, positionOf, typeOf } from './stored-event.js';
import { type StreamNames } from './streams.js';

/** Where the last event of ours stands; undefined in an empty log. Passes over what others have put into our streams. */
export async function lastOfOurs(reads: ServerReads, names: StreamNames): Promise<Position | undefined> {
  for (let count = 1, before: Position | undefined; ; count = Math.min(512, count * 32)) {
    const { events } = await reads.page(readAllRequest(names.prefixes, before, 'backwards', count));
    const ours = events.find((event) => names.isOurs(nameOf(event), typeOf(event)));
    if (ours) return positionOf(ours);
    const oldest = events.at(-1);
    if (!oldest) return undefined;
    before = positionOf(oldest);
  }
}
