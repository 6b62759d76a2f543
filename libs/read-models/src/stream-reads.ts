import { type EventLogReader, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { EVERYTHING } from './access-filter.js';
import { type PinnedReads } from './pinned-reads.js';
import { Access } from './queries/access-sql.js';
import { eventPlaces } from './queries/event-queries.js';
import { type ProjectionGroup } from './read-model.js';
import { type ReadPoint } from './read-points.js';

/** An event of a stream, its payload in its newest version. */
export interface StreamEvent {
  stored: StoredEvent;
  payload: Record<string, unknown>;
}

/** Streams as they stood at a moment, to fold a state of then from: under no access filter. */
export class StreamReads {
  private readonly everything: Access;

  constructor(
    private readonly reads: PinnedReads,
    private readonly log: EventLogReader,
    private readonly registry: EventRegistry,
    group: ProjectionGroup,
  ) {
    this.everything = Access.of(EVERYTHING, group);
  }

  /** The oldest first, in pages. Refuses with LIMIT_EXCEEDED when the answer has read too much. */
  async *upTo(stream: string, at: ReadPoint): AsyncGenerator<StreamEvent[]> {
    const { budget } = this.reads;
    for await (const page of this.log.readStream(stream, { lazyMetadata: true })) {
      for (let wait = budget.wait(); wait; wait = budget.wait()) await wait;
      budget.spend(page.reduce((sum, { payload }) => sum + payload.length, 0));
      const until = await this.countUntil(page, at);
      yield page.slice(0, until).map((stored) => {
        const { type, schemaVersion, payload } = stored;
        return { stored, payload: this.registry.decode(type, schemaVersion, payload) };
      });
      if (until < page.length) return;
    }
  }

  /** How many events of a page stand in the log up to this moment. */
  private async countUntil(page: readonly StoredEvent[], at: ReadPoint): Promise<number> {
    let [from, to] = [0, page.length];
    // The last one first: mostly they all do.
    for (let looked = to - 1; from < to; looked = (from + to) >> 1) {
      if (await this.isUntil(page[looked], at)) from = looked + 1;
      else to = looked;
    }
    return from;
  }

  /** One stream read over EventStoreDB does not tell places in the whole log: there the event index does. */
  private async isUntil({ id, sequence }: StoredEvent, at: ReadPoint): Promise<boolean> {
    if (sequence !== null) return sequence <= at.sequence;
    const found = await this.reads.rows({
      at: { ...at, now: false },
      shape: 'event, whoever may see it',
      compile: (compilation) => eventPlaces(compilation, { access: this.everything, by: { of: 'id' } }),
      named: { id, limit: 1 },
    });
    return found.length > 0;
  }
}
