import { type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { openEnvelope } from '#event-sourcing/envelope.js';
import { type Checkpoint, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { VERSIONS_PER_EVENT } from '../queries/builder.js';
import { type ProjectionGroup } from '../read-model.js';
import { EventIndex } from './event-index.js';
import { ModelWriter } from './model-writer.js';
import { isDamage, isPassing } from './store-error.js';
import { readCheckpoint } from './store-file.js';

/** A clock further behind the log time than this is counted, in milliseconds. */
const CLOCK_TOLERANCE = 60_000;

/** An event that could not be applied; everything before it was. */
export class EventNotApplied extends Error {
  constructor(
    readonly event: StoredEvent,
    options: { cause: unknown },
  ) {
    super(options.cause instanceof Error ? options.cause.message : String(options.cause), options);
  }
}

/** Folds events into row versions, the event index and the checkpoint: a batch is one transaction. */
export class Projection {
  /** Events whose clock was far behind the log. */
  clockBehind = 0;
  private place: Checkpoint;
  private logTime: number;
  private readonly writers: readonly ModelWriter[];
  private readonly index: EventIndex;
  private readonly moveCheckpoint: StatementSyncInstance;

  constructor(
    private readonly db: DatabaseSyncInstance,
    group: ProjectionGroup,
    private readonly registry: EventRegistry,
  ) {
    const { sequence, position, logTime } = readCheckpoint(db);
    this.place = { sequence, position };
    this.logTime = logTime;
    this.writers = group.models.map((model) => new ModelWriter(db, model));
    this.index = new EventIndex(db, group);
    this.moveCheckpoint = db.prepare('UPDATE checkpoint SET sequence = ?, position = ?, log_time = ?');
  }

  /** Everything up to here has been applied. */
  get checkpoint(): Checkpoint {
    return this.place;
  }

  /**
   * Applies what is new among events in log order. Throws `EventNotApplied` for one that cannot be, with all before it
   * applied, and whatever the store throws, with nothing applied.
   */
  apply(events: readonly StoredEvent[]): void {
    const fresh = events.filter(({ sequence }) => sequence! > this.place.sequence);
    if (fresh.length === 0) return;
    try {
      this.transaction(fresh);
    } catch (error) {
      if (error instanceof EventNotApplied) this.transaction(fresh.slice(0, fresh.indexOf(error.event)));
      throw error;
    }
  }

  private transaction(events: readonly StoredEvent[]): void {
    const before = { place: this.place, logTime: this.logTime, clockBehind: this.clockBehind };
    this.db.exec('BEGIN IMMEDIATE');
    try {
      for (const event of events) this.applyOne(event);
      this.moveCheckpoint.run(this.place.sequence, this.place.position, this.logTime);
      this.db.exec('COMMIT');
    } catch (error) {
      Object.assign(this, before);
      this.index.forget();
      // Some failures have rolled back already.
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  private applyOne(event: StoredEvent): void {
    try {
      const sequence = event.sequence!;
      if (sequence !== this.place.sequence + 1) {
        throw new Error(
          `The log went from sequence ${this.place.sequence} to ${sequence}; nothing may be passed over.`,
        );
      }
      this.project(event, sequence);
      this.place = { sequence, position: event.position };
    } catch (error) {
      if (isPassing(error) || isDamage(error)) throw error;
      throw new EventNotApplied(event, { cause: error });
    }
  }

  private project(event: StoredEvent, sequence: number): void {
    const recorded = openEnvelope(event, sequence);
    const recordedAt = this.takeTime(recorded.recordedAt);
    const subject = this.index.subjectOf(recorded);
    // Decoded also where nobody handles it: what this software does not know must stop it.
    const payload = this.registry.decode(event.type, event.schemaVersion, event.payload) as never;
    let recordId: string | null = null;
    for (const writer of this.writers) {
      const handle = writer.model.handlers.get(event.type);
      if (!handle) continue;
      if (!subject)
        throw new Error(`${writer.model.name} handles ${event.type}, but ${event.stream} is no subject's stream.`);
      const changes = handle(payload, recorded, (id) => writer.row(id, subject));
      if (changes.length > VERSIONS_PER_EVENT) {
        throw new Error(
          `${changes.length} rows of ${writer.model.name} change at once; at most ${VERSIONS_PER_EVENT} can.`,
        );
      }
      changes.forEach((change, n) => writer.apply(change, sequence * VERSIONS_PER_EVENT + n, recorded, subject));
      if (writer.model.level === 'record') recordId ??= changes[0]?.id ?? null;
    }
    this.index.add(recorded, event.position, recordedAt, this.logTime, recordId);
  }

  /** The event's own time in milliseconds; the log's moves on with it and never back. */
  private takeTime(recordedAt: string): number {
    const time = Date.parse(recordedAt);
    if (Number.isNaN(time)) throw new Error(`${recordedAt} is no time.`);
    if (time < this.logTime - CLOCK_TOLERANCE) this.clockBehind++;
    this.logTime = Math.max(this.logTime, time);
    return time;
  }
}
