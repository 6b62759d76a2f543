import { type Checkpoint, type EventLogReader, START, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { EventNotApplied, Fold, type FoldedEvent, type FoldPlace } from '../fold.js';
import { type FoldNext, foldNext } from '../fold-next.js';
import { VERSIONS_PER_EVENT } from '../versions.js';
import { type ProjectionGroup } from '../read-model.js';
import { Batch, BATCH_CHARACTERS, type BatchSink, layoutsOf } from './batches.js';
import { BuildStanding } from './build-standing.js';
import { BuildBroken, type StoredVersions } from './stored-versions.js';

/** A batch is sent when it holds so many events, or as many characters as a batch may. */
const BATCH_EVENTS = 2_000;
/** How far behind the log a build may end: following does the rest. */
const NEAR = 1_000;

export interface LogFoldOptions {
  /** What the sink has committed; closed with the fold. */
  stored: StoredVersions;
  group: ProjectionGroup;
  registry: EventRegistry;
  log: EventLogReader;
  sink: BatchSink;
  /** Ends at exactly this sequence; omitted: near the log's end, wherever it moves to. */
  until?: number;
  /** After each batch: the place of the last event that is folded, and the sequence it goes up to. */
  progress?: (place: Checkpoint, until: number) => void;
  batchEvents?: number;
  kept?: { streams: number; batches: number };
}

/** Where a build ended; before an event that cannot be applied, if there is one. */
export interface LogFolded {
  place: FoldPlace;
  refused: EventNotApplied | null;
}

/** Folds a log from its first event on into batches. The last two are held back: versions that end soon are written once. */
export class LogFold {
  private readonly fold: Fold;
  private readonly standing: BuildStanding;
  private readonly layouts;
  private readonly folding: FoldNext;
  private made = 0;
  private held: Batch | undefined;
  private filling: Batch;

  constructor(private readonly options: LogFoldOptions) {
    const { group, registry, stored, kept } = options;
    this.standing = new BuildStanding(group, stored, kept);
    this.fold = new Fold(group, registry, this.standing, { ...START, logTime: 0 });
    const write = (folded: FoldedEvent): void => this.standing.write(folded);
    this.folding = { fold: this.fold, write, load: stored.load && ((begins) => stored.load!(begins)) };
    this.layouts = layoutsOf(group);
    this.filling = this.newBatch();
  }

  /** Rejects with what the log or the sink throws. */
  async run(): Promise<LogFolded> {
    try {
      const refused = await this.foldLog();
      for (const batch of [this.held, this.filling]) if (batch?.events) await this.options.sink.send(batch.pack());
      return { place: this.fold.place, refused };
    } finally {
      await this.options.stored.close();
    }
  }

  private async foldLog(): Promise<EventNotApplied | null> {
    const { log, until } = this.options;
    for (;;) {
      const end = until ?? (await log.head()).sequence;
      const { place } = this.fold;
      if (end <= place.sequence || (until === undefined && place.sequence > 0 && end - place.sequence < NEAR))
        return null;
      for await (const page of log.readAll({ after: place, limit: end - place.sequence })) {
        const refused = await this.foldPage(page, end);
        if (refused) return refused;
      }
      if (until !== undefined) return null;
    }
  }

  private async foldPage(events: readonly StoredEvent[], end: number): Promise<EventNotApplied | null> {
    for (const [n, event] of events.entries()) {
      try {
        await foldNext(this.folding, events, n);
      } catch (error) {
        if (error instanceof BuildBroken) throw error;
        return new EventNotApplied(event, { cause: error });
      }
      const { batchEvents = BATCH_EVENTS } = this.options;
      if (this.filling.events >= batchEvents || this.filling.characters >= BATCH_CHARACTERS) await this.next(end);
    }
    return null;
  }

  private async next(end: number): Promise<void> {
    const { sink, progress } = this.options;
    if (this.held) await sink.send(this.held.pack());
    this.held = this.filling;
    this.filling = this.newBatch();
    progress?.(this.fold.place, end);
  }

  private newBatch(): Batch {
    const { group, sink } = this.options;
    const from = (this.fold.place.sequence + 1) * VERSIONS_PER_EVENT;
    const batch = new Batch(group, this.layouts, ++this.made, from);
    this.standing.begin(batch, sink.committed);
    return batch;
  }
}
