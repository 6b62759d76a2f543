import { type StoredEvent } from '../event-log.js';
import { type RecordedEvent, storedEvent } from './stored-event.js';

/** The most events that are kept, and their bodies' bytes. */
const MOST = 4_096;
const MOST_BYTES = 16_777_216;

interface Kept {
  recorded: RecordedEvent;
  stream: string;
  bytes: number;
  /** Made when the first follower asks for it. */
  stored?: StoredEvent;
}

/** The last events of the log, for the followers that are nearly up to it: all share one subscription. */
export class Recent {
  private kept: Kept[] = [];
  /** The sequence of the first one kept. */
  private first = 1;
  private bytes = 0;

  push(sequence: number, recorded: RecordedEvent, stream: string): void {
    const bytes = recorded.getData_asU8().length + recorded.getCustomMetadata_asU8().length;
    if (this.kept.length === 0) this.first = sequence;
    this.kept.push({ recorded, stream, bytes });
    this.bytes += bytes;
    if (this.kept.length >= 2 * MOST || this.bytes > 2 * MOST_BYTES) this.forget();
  }

  /** Up to `most` events after this sequence; null if the first of them is no longer kept. */
  after(sequence: number, most: number): StoredEvent[] | null {
    const from = sequence + 1 - this.first;
    if (from < 0 || from >= this.kept.length) return null;
    return this.kept.slice(from, from + most).map((kept, n) => {
      return (kept.stored ??= storedEvent(kept.recorded, kept.stream, sequence + 1 + n));
    });
  }

  /** Down to the bounds; twice as much is kept before, so that this is not done for every event. */
  private forget(): void {
    let dropped = 0;
    while (this.kept.length - dropped > MOST || this.bytes > MOST_BYTES) this.bytes -= this.kept[dropped++].bytes;
    this.kept = this.kept.slice(dropped);
    this.first += dropped;
  }
}
