import { openEnvelope } from '#event-sourcing/envelope.js';
import { type Checkpoint, type EventLogReader, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { type Aggregate } from '#event-sourcing/slice.js';

/** Tells the sequence of an event by its id; null if it is not known yet. */
export type PlaceOf = (id: string) => Promise<number | null>;

/** One stream's state, folded and kept current by following it. */
export class FollowedStream<S> {
  readonly state: S;
  /** The stream's revision that the state stands at; -1 before its first event. */
  revision = -1;
  /** By revision, the place of each event in the log; null where the log does not tell it, until `place` has found it. */
  readonly sequences: (number | null)[] = [];
  /** Another number whenever `changed` was called. */
  changes = 0;
  private readonly unplaced = new Map<string, number>();
  private readonly abort = new AbortController();
  private readonly waiting = new Set<{ revision: number; resolve: () => void }>();
  private running: Promise<void> = Promise.resolve();

  private constructor(
    private readonly stream: string,
    private readonly aggregate: Aggregate<S>,
    private readonly log: EventLogReader,
    private readonly registry: EventRegistry,
    private readonly changed: () => void,
  ) {
    this.state = aggregate.initial();
  }

  /**
   * Resolves when everything recorded so far is folded. `changed` is called whenever the state has moved on since;
   * `onFailure` is told if following breaks: the state would go stale.
   */
  static async open<S>(
    { stream, aggregate }: { stream: string; aggregate: Aggregate<S> },
    { log, registry }: { log: EventLogReader; registry: EventRegistry },
    { changed, onFailure }: { changed: () => void; onFailure: (error: unknown) => void },
  ): Promise<FollowedStream<S>> {
    const followed = new FollowedStream(stream, aggregate, log, registry, changed);
    const head = await log.head();
    for await (const page of log.readStream(stream)) for (const stored of page) followed.apply(stored);
    followed.running = followed.follow(head).catch((error: unknown) => onFailure(error));
    return followed;
  }

  /** Resolves when this revision of the stream is folded. */
  async reached(revision: number): Promise<void> {
    if (revision <= this.revision) return;
    await new Promise<void>((resolve) => this.waiting.add({ revision, resolve }));
  }

  /** Finds places that the log did not tell, in its order. True when there are none left to find. */
  async place(placeOf: PlaceOf): Promise<boolean> {
    const before = this.unplaced.size;
    for (const [id, revision] of this.unplaced) {
      const sequence = await placeOf(id);
      // Those behind it are not known either.
      if (sequence === null) break;
      this.sequences[revision] = sequence;
      this.unplaced.delete(id);
    }
    if (this.unplaced.size < before) this.hasChanged();
    return this.unplaced.size === 0;
  }

  async close(): Promise<void> {
    this.abort.abort();
    await this.running;
  }

  private async follow(after: Checkpoint): Promise<void> {
    const filter = { streamPrefixes: [this.stream] };
    for await (const page of this.log.follow({ after, filter, signal: this.abort.signal })) {
      if ('caughtUp' in page) continue;
      for (const stored of page) if (stored.stream === this.stream) this.apply(stored);
      this.hasChanged();
      for (const waiter of this.waiting) {
        if (waiter.revision > this.revision) continue;
        this.waiting.delete(waiter);
        waiter.resolve();
      }
    }
  }

  private hasChanged(): void {
    this.changes++;
    this.changed();
  }

  private apply(stored: StoredEvent): void {
    const { type, schemaVersion, payload, id, revision } = stored;
    if (revision <= this.revision) return;
    const event = this.registry.decode(type, schemaVersion, payload) as never;
    const { actor, recordedAt } = openEnvelope(stored, 0);
    this.aggregate.evolutions.get(type)?.(this.state, event, { id, revision, actor, recordedAt });
    this.sequences[revision] = stored.sequence;
    if (stored.sequence === null) this.unplaced.set(id, revision);
    this.revision = revision;
  }
}
