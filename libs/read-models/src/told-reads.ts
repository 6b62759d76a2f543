import { openEnvelope, sealEvent, SYSTEM } from '#event-sourcing/envelope.js';
import { uuidOf } from '#event-sourcing/hash.js';
import { type StoredEvent } from '#event-sourcing/log/event-log.js';
import { streamOf, subjectIdOf } from '#event-sourcing/stream-name.js';
import { type FeedOptions } from './feed-options.js';
import { type ServedEvent } from './served-event.js';
import { type PinnedReads } from './pinned-reads.js';
import { type Access } from './queries/access-sql.js';
import { type Edge, toldPlaces } from './queries/told-queries.js';
import { type ProjectionGroup } from './read-model.js';
import { type ReadPoint } from './read-points.js';

/** An entry of a feed, at the sequence of the event that led to it. */
export type ToldEntry = [sequence: number, entry: ServedEvent];

type Cells = [sequence: number, gained: 0 | 1, stream: string, revision: number, recordedAt: number];

/**
 * Entries that stand in one reader's feed alone: from this event on it may see a subject, or no longer. They are derived from
 * grants, not stored: the event itself may be one that the reader must not see.
 */
export class ToldReads {
  constructor(
    private readonly reads: PinnedReads,
    private readonly access: Access,
    private readonly group: ProjectionGroup,
  ) {}

  /** What a feed tells up to the moment `until`, at most one more than `first`. */
  async between({ after, first, types, subjects }: FeedOptions, until: ReadPoint): Promise<ToldEntry[]> {
    const { gained, lost } = this.group.told;
    const edges: Edge[] = [];
    if (types?.includes(gained) ?? true) edges.push('begins');
    if (types?.includes(lost) ?? true) edges.push('ends');
    if (!this.access.filter.told || edges.length === 0) return [];
    const cells = (await this.reads.rows({
      at: { ...until, now: false },
      shape: `told ${edges.join()} ${subjects !== undefined}`,
      compile: (compilation) => toldPlaces(compilation, this.access, edges, subjects !== undefined),
      named: { after, limit: first + 1, ...(subjects && { streams: this.streamsOf(subjects) }) },
    })) as Cells[];
    return cells.map((one) => [one[0], this.entry(one, until.logId)]);
  }

  private streamsOf(subjects: readonly string[]): string {
    return JSON.stringify(subjects.map((id) => streamOf(this.group.category, id)));
  }

  private entry([sequence, gained, stream, revision, recordedAt]: Cells, logId: string): ServedEvent {
    const type = gained ? this.group.told.gained : this.group.told.lost;
    const id = uuidOf(logId, stream, 'told', sequence, type);
    const envelope = {
      ...{ id, type, schemaVersion: 1, stream, revision, recordedAt: new Date(recordedAt).toISOString() },
      ...{
        // Who changed the access is not for everybody who is told of it.
        actor: SYSTEM,
        commandId: null,
        commandHash: null,
        correlationId: id,
        causationId: id,
        previousHash: null,
      },
    };
    const payload = { [`${this.group.category}Id`]: subjectIdOf(stream) };
    const stored = { ...sealEvent(envelope, payload), stream, revision, sequence, position: '' } as StoredEvent;
    return { envelope: openEnvelope(stored, sequence), payload, stored };
  }
}
