import { type Checkpoint } from '#event-sourcing/log/event-log.js';
import { type ServedEvent } from '../served-event.js';

/** Characters of the events that are kept, as they are stored: read and parsed they take some four times as much memory. */
const CAPACITY = 4 * 1024 * 1024;
/** Characters that are read at once, about; and the fewest and most events. */
const CHUNK = 256 * 1024;
const FEWEST = 8;
const MOST = 128;

/** Reads what stands at places that were found under the reader's own access; at least the first. */
export type ReadContents = (places: readonly Checkpoint[]) => Promise<ServedEvent[]>;

/**
 * Events that were read a moment ago, so that what many followers are told is read and parsed once. Who may see an event is
 * decided before it is asked for here.
 */
export class EventShelf {
  private readonly events = new Map<number, ServedEvent>();
  private readonly underway = new Map<number, Promise<void>>();
  private characters = 0;
  /** Of an event, on average, lately. */
  private size = CHUNK / 16;

  /** Characters of what is kept, for tests. */
  get weight(): number {
    return this.characters;
  }

  get(sequence: number): ServedEvent | undefined {
    return this.events.get(sequence);
  }

  /** Fetches what stands at the first place, and at those that follow as far as they are fetched at once. */
  async fetch(places: readonly Checkpoint[], read: ReadContents): Promise<void> {
    const [{ sequence }] = places;
    let fetching = this.underway.get(sequence);
    if (!fetching) {
      fetching = this.add(this.missing(places), read).finally(() => this.underway.delete(sequence));
      this.underway.set(sequence, fetching);
    }
    return fetching;
  }

  private async add(places: readonly Checkpoint[], read: ReadContents): Promise<void> {
    const before = this.characters;
    const served = await read(places);
    for (const event of served) {
      const { sequence } = event.envelope;
      if (this.events.has(sequence)) continue;
      this.events.set(sequence, event);
      this.characters += weightOf(event);
    }
    if (this.characters > before) this.size = (this.size + (this.characters - before) / served.length) / 2;
    const asked = new Set(places.map(({ sequence }) => sequence));
    for (const [sequence, event] of this.events) {
      if (this.characters <= CAPACITY) break;
      if (asked.has(sequence)) continue;
      this.events.delete(sequence);
      this.characters -= weightOf(event);
    }
  }

  /** From the first place on, up to one that is here already. */
  private missing(places: readonly Checkpoint[]): Checkpoint[] {
    const chunk = places.slice(0, Math.min(MOST, Math.max(FEWEST, Math.floor(CHUNK / this.size))));
    const here = chunk.findIndex(({ sequence }, n) => n > 0 && this.events.has(sequence));
    return here < 0 ? chunk : chunk.slice(0, here);
  }
}

/** What keeping an event costs beside its texts, in characters. */
const ENTRY = 300;
const weightOf = ({ stored }: ServedEvent): number => stored.payload.length + stored.metadata.length + ENTRY;
