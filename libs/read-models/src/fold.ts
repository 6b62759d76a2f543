import { openEnvelope, type RecordedEnvelope } from '#event-sourcing/envelope.js';
import { type Checkpoint, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { type AccessChange, THE_SUBJECT } from './access-changes.js';
import { VERSIONS_PER_EVENT } from './versions.js';
import { type ProjectionGroup, type ReadModel, type Row } from './read-model.js';
import { type CurrentVersion, nextVersion, type RowVersion, type Subject } from './row-version.js';

/** A clock further behind the log time than this is counted, in milliseconds. */
const CLOCK_TOLERANCE = 60_000;

/** A stream as the store knows it. */
export interface StreamPlace {
  /** The `v` of its first event. */
  key: number;
  /** The `v` of the current version of its head; null for a stream that is no subject's. */
  head: number | null;
}

/** What stands in a store, with all that was folded before. */
export interface Standing {
  stream(name: string): StreamPlace | undefined;
  current(model: ReadModel, id: string, subjectKey: number): CurrentVersion | undefined;
}

/** An event's line in the event index. Times in milliseconds. */
export interface IndexedEvent {
  sequence: number;
  position: string;
  id: string;
  streamKey: number;
  subjectKey: number | null;
  revision: number;
  /** The records it concerns, parted by blanks: whoever may not see one of them does not see the event. */
  recordIds: string | null;
  type: string;
  recordedAt: number;
  logTime: number;
  actorId: string;
}

/** All that one event writes into a store. */
export interface FoldedEvent {
  /** The name of the event's stream. */
  stream: string;
  /** Whether the event is its first. */
  isNewStream: boolean;
  event: IndexedEvent;
  /** The new version of the subject's head; null for an event of no subject. */
  head: { v: number; replaces: number | null } | null;
  versions: RowVersion[];
  /** What it does to who may see its subject: current rows, changed in this order. */
  access: readonly AccessChange[];
}

/** An event that could not be applied; everything before it was. */
export class EventNotApplied extends Error {
  constructor(
    readonly event: StoredEvent,
    options: { cause: unknown },
  ) {
    super(options.cause instanceof Error ? options.cause.message : String(options.cause), options);
  }
}

/** A place in the log with the log's time there, in milliseconds. */
export interface FoldPlace extends Checkpoint {
  logTime: number;
}

/**
 * Folds events, one after the other, into what they write: the one meaning that following the log and rebuilding from it
 * share. It only reads what stands in the store; whoever calls it writes.
 */
export class Fold {
  /** Events whose clock was far behind the log. */
  clockBehind = 0;
  private readonly category: string;

  constructor(
    private readonly group: ProjectionGroup,
    private readonly registry: EventRegistry,
    private readonly standing: Standing,
    /** Everything up to here has been folded. */
    public place: FoldPlace,
  ) {
    this.category = `${group.category}-`;
  }

  /** The next event in log order. Throws where it does not fit what stands, having moved nothing, and what `standing` throws. */
  fold(event: StoredEvent): FoldedEvent {
    const sequence = event.sequence!;
    if (sequence !== this.place.sequence + 1) {
      throw new Error(`The log went from sequence ${this.place.sequence} to ${sequence}; nothing may be passed over.`);
    }
    const recorded = openEnvelope(event, sequence);
    const recordedAt = Date.parse(recorded.recordedAt);
    if (Number.isNaN(recordedAt)) throw new Error(`${recorded.recordedAt} is no time.`);
    const logTime = Math.max(this.place.logTime, recordedAt);
    const stream = this.standing.stream(event.stream);
    const streamKey = stream?.key ?? sequence * VERSIONS_PER_EVENT;
    const subject = this.subjectOf(event.stream, streamKey);
    // Decoded also where nobody handles it: what this software does not know must stop it.
    const payload = this.registry.decode(event.type, event.schemaVersion, event.payload) as never;
    const { versions, records } = this.project(payload, recorded, subject);
    const access = this.accessOf(payload, recorded, subject);
    for (const change of access) if ('record' in change && change.record !== THE_SUBJECT) records.add(change.record);
    if (recordedAt < logTime - CLOCK_TOLERANCE) this.clockBehind++;
    this.place = { sequence, position: event.position, logTime };
    return {
      stream: event.stream,
      isNewStream: !stream,
      event: {
        sequence,
        position: event.position,
        id: event.id,
        streamKey,
        subjectKey: subject?.key ?? null,
        revision: event.revision,
        recordIds: records.size > 0 ? [...records].join(' ') : null,
        type: event.type,
        recordedAt,
        logTime,
        actorId: recorded.actor.id,
      },
      head: subject && { v: sequence * VERSIONS_PER_EVENT, replaces: stream?.head ?? null },
      versions,
      access,
    };
  }

  /** Asks of what stands whatever folding these events will ask, as far as that can be told before; nothing is moved. */
  lookAhead(events: readonly StoredEvent[]): void {
    const { place, clockBehind } = this;
    for (const event of events) {
      this.place = { ...place, sequence: event.sequence! - 1 };
      try {
        this.fold(event);
      } catch {
        // What is missing has been noted; what does not fit may, once the events before it are folded.
      }
    }
    Object.assign(this, { place, clockBehind });
  }

  private accessOf(payload: never, recorded: RecordedEnvelope, subject: Subject | null): readonly AccessChange[] {
    const handle = this.group.access.get(recorded.type);
    if (!handle) return [];
    if (!subject) throw new Error(`${recorded.type} changes access, but ${recorded.stream} is no subject's stream.`);
    return handle(payload, recorded);
  }

  private subjectOf(stream: string, key: number): Subject | null {
    return stream.startsWith(this.category) ? { key, id: stream.slice(this.category.length) } : null;
  }

  private project(payload: never, recorded: RecordedEnvelope, subject: Subject | null) {
    const versions: RowVersion[] = [];
    const records = new Set<string>();
    for (const model of this.group.models) {
      const handle = model.handlers.get(recorded.type);
      if (!handle) continue;
      if (!subject)
        throw new Error(`${model.name} handles ${recorded.type}, but ${recorded.stream} is no subject's stream.`);
      const row = (id: string): Row | undefined => {
        const current = this.standing.current(model, id, subject.key);
        return current && (JSON.parse(current.data) as Row);
      };
      const changes = handle(payload, recorded, row);
      if (changes.length > VERSIONS_PER_EVENT) {
        throw new Error(`${changes.length} rows of ${model.name} change at once; at most ${VERSIONS_PER_EVENT} can.`);
      }
      changes.forEach((change, n) => {
        const v = recorded.sequence * VERSIONS_PER_EVENT + n;
        // An event may change one row twice.
        const current =
          versions.findLast((one) => one.model === model && one.id === change.id) ??
          this.standing.current(model, change.id, subject.key);
        versions.push(nextVersion(model, change, v, recorded, subject, current));
      });
      if (model.level !== 'record' || model.derived || model.ofSubject) continue;
      // What stands under the subject's own id tells of it, not of a record.
      for (const { id } of changes) if (id !== subject.id) records.add(id);
      if (model.partOf) for (const owner of ownersIn(versions, model, model.partOf)) records.add(owner);
    }
    return { versions, records };
  }
}

/** The records that the versions of a model belong to. */
function ownersIn(versions: readonly RowVersion[], model: ReadModel, partOf: readonly string[]): string[] {
  const names = Object.keys(model.columns);
  const owners = versions.flatMap((one) =>
    one.model === model ? partOf.map((column) => one.columns[names.indexOf(column)]) : [],
  );
  return owners.filter((owner) => typeof owner === 'string');
}
