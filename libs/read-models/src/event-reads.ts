import { openEnvelope, type RecordedEnvelope } from '#event-sourcing/envelope.js';
import { type Checkpoint, type EventLogReader, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { type PinnedReads } from './pinned-reads.js';
import { type Access } from './queries/access-sql.js';
import { eventPlaces, type EventShape } from './queries/event-queries.js';
import { type ReadPoint } from './read-points.js';
import { type Effort } from './read-store.js';

/** An envelope's characters, about: they are counted before they are read. */
const ENVELOPE = 600;

/** An event with its envelope and, in its newest version, its payload. */
export interface ServedEvent {
  envelope: RecordedEnvelope;
  payload: Record<string, unknown>;
  stored: StoredEvent;
}

export interface EventPage {
  rows: ServedEvent[];
  hasNext: boolean;
}

export interface HistoryOptions {
  /** Only these; omitted: all. */
  types?: readonly string[];
  first: number;
  /** The sequence of the last event of the page before. */
  after?: number;
  direction?: 'forwards' | 'backwards';
}

export interface FeedOptions {
  /** A sequence; 0: from the first event. */
  after: number;
  types?: readonly string[];
  first: number;
}

/** Events by the event index, under the access filter; their payloads from the log. */
export class EventReads {
  constructor(
    private readonly reads: PinnedReads,
    private readonly access: Access,
    private readonly log: EventLogReader,
    private readonly registry: EventRegistry,
  ) {}

  history(subjectKey: number, options: HistoryOptions, at: ReadPoint): Promise<EventPage> {
    const { types, after, direction = 'forwards' } = options;
    const by = { of: 'subject', types: types !== undefined, after: after !== undefined, direction } as const;
    const backwards = direction === 'backwards' && after !== undefined;
    // Backwards the cursor is one more upper bound; reading a moment earlier comes to the same.
    const until = backwards ? { ...at, sequence: Math.min(at.sequence, after - 1) } : at;
    return this.page({ of: by, named: { key: subjectKey, after, ...typesOf(types) }, at: until, ...options });
  }

  /** A filter by type can pass over the whole log before it finds one. */
  feed(options: FeedOptions, at: ReadPoint): Promise<EventPage> {
    const { types, after } = options;
    const by = { of: 'log', types: types !== undefined } as const;
    return this.page({ of: by, named: { after, ...typesOf(types) }, at, effort: types ? 'long' : 'short', ...options });
  }

  async event(id: string, at: ReadPoint): Promise<ServedEvent | null> {
    const { rows } = await this.page({ of: { of: 'id' }, named: { id }, at, first: 1 });
    return rows[0] ?? null;
  }

  /** Those of these sequences that may be seen. */
  async atSequences(sequences: readonly number[], at: ReadPoint): Promise<ServedEvent[]> {
    const named = { sequences: JSON.stringify(sequences) };
    return (await this.page({ of: { of: 'sequences' }, named, at, first: sequences.length, effort: 'long' })).rows;
  }

  private async page(ask: {
    of: EventShape['by'];
    named: Record<string, unknown>;
    at: ReadPoint;
    first: number;
    effort?: Effort;
  }): Promise<EventPage> {
    const { of: by, at, first, effort } = ask;
    const places = (await this.reads.rows({
      // What the index holds never changes: now and then differ in nothing but the last sequence.
      at: { ...at, now: false },
      shape: `events ${JSON.stringify(by)}`,
      compile: (compilation) => eventPlaces(compilation, { access: this.access, by }),
      named: { ...ask.named, limit: first + 1 },
      effort,
    })) as [sequence: number, position: string][];
    const rows = await this.fetch(places.slice(0, first).map(([sequence, position]) => ({ sequence, position })));
    return { rows, hasNext: places.length > first };
  }

  private async fetch(places: Checkpoint[]): Promise<ServedEvent[]> {
    if (places.length === 0) return [];
    const { budget } = this.reads;
    for (let wait = budget.wait(); wait; wait = budget.wait()) await wait;
    budget.spend(places.length * ENVELOPE);
    const events = await this.log.readEvents(places);
    budget.spend(events.reduce((sum, { payload }) => sum + payload.length, 0));
    return events.map((stored, n) => ({
      envelope: openEnvelope(stored, places[n].sequence),
      payload: this.registry.decode(stored.type, stored.schemaVersion, stored.payload),
      stored,
    }));
  }
}

const typesOf = (types: readonly string[] | undefined) => types && { types: JSON.stringify(types) };
