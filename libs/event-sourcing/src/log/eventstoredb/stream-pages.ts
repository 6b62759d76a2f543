import { type ReadStreamOptions, type Revision, type StoredEvent } from '../event-log.js';
import { readStreamRequest } from './protocol.js';
import { type Direction } from './read-options.js';
import { type ServerReads } from './server-reads.js';
import { storedEvent } from './stored-event.js';
import { type StreamNames } from './streams.js';

/** The events of a call. */
const PAGE = 512;

/** Reads one stream in pages. */
export class StreamPages {
  constructor(
    private readonly reads: ServerReads,
    private readonly names: StreamNames,
  ) {}

  async *read(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<StoredEvent[], void, void> {
    const { direction = 'forwards', limit = Infinity } = options;
    let from = options.from;
    if (direction === 'backwards' && from !== undefined) {
      // Beyond its end the server looks only at the revisions asked for.
      const last = await this.lastRevision(stream);
      if (last === undefined) return;
      from = Math.min(from, last);
    }
    for (let left = limit; left > 0;) {
      const asked = Math.min(left, PAGE);
      const { events, isWhole } = await this.page(stream, from, direction, asked);
      const last = events.at(-1);
      if (!last) return;
      yield events;
      left -= events.length;
      if (isWhole && events.length < asked) return;
      if (direction === 'backwards' && last.revision === 0) return;
      from = last.revision + (direction === 'forwards' ? 1 : -1);
    }
  }

  async lastRevision(stream: string): Promise<Revision | undefined> {
    return (await this.page(stream, undefined, 'backwards', 1)).events[0]?.revision;
  }

  private async page(stream: string, from: Revision | undefined, direction: Direction, count: number) {
    const start = from === undefined ? undefined : BigInt(from);
    const request = readStreamRequest(this.names.onServer(stream), start, direction, count);
    const { events, isWhole } = await this.reads.page(request);
    return { events: events.map((event) => storedEvent(event, stream, null)), isWhole };
  }
}
