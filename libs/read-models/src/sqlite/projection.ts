import { type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { type Checkpoint, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { EventNotApplied, Fold, type Standing } from '../fold.js';
import { type ProjectedStore } from '../projecting/projected-store.js';
import { type ProjectionGroup, type ReadModel } from '../read-model.js';
import { AccessWriter } from './access-writer.js';
import { EventIndex } from './event-index.js';
import { ModelWriter } from './model-writer.js';
import { isDamage, isPassing } from './store-error.js';
import { readCheckpoint } from './store-file.js';

/** Follows: what events write goes into the store, with the event index and the checkpoint; a batch is one transaction. */
export class Projection implements ProjectedStore, Standing {
  private readonly fold: Fold;
  private readonly writers: ReadonlyMap<ReadModel, ModelWriter>;
  private readonly access: AccessWriter;
  private readonly index: EventIndex;
  private readonly moveCheckpoint: StatementSyncInstance;

  constructor(
    private readonly db: DatabaseSyncInstance,
    group: ProjectionGroup,
    registry: EventRegistry,
  ) {
    const { sequence, position, logTime } = readCheckpoint(db);
    this.fold = new Fold(group, registry, this, { sequence, position, logTime });
    this.writers = new Map(group.models.map((model) => [model, new ModelWriter(db, model)]));
    this.access = new AccessWriter(db);
    this.index = new EventIndex(db, group);
    this.moveCheckpoint = db.prepare('UPDATE checkpoint SET sequence = ?, position = ?, log_time = ?');
  }

  get checkpoint(): Checkpoint {
    const { sequence, position } = this.fold.place;
    return { sequence, position };
  }

  get clockBehind(): number {
    return this.fold.clockBehind;
  }

  apply(events: readonly StoredEvent[]): void {
    const fresh = events.filter(({ sequence }) => sequence! > this.fold.place.sequence);
    if (fresh.length === 0) return;
    try {
      this.transaction(fresh);
    } catch (error) {
      if (error instanceof EventNotApplied) this.transaction(fresh.slice(0, fresh.indexOf(error.event)));
      throw error;
    }
  }

  stream(name: string): ReturnType<EventIndex['stream']> {
    return this.index.stream(name);
  }

  current(model: ReadModel, id: string, subjectKey: number): ReturnType<ModelWriter['current']> {
    return this.writers.get(model)!.current(id, subjectKey);
  }

  private transaction(events: readonly StoredEvent[]): void {
    const { place, clockBehind } = this.fold;
    this.db.exec('BEGIN IMMEDIATE');
    try {
      for (const event of events) this.applyOne(event);
      const { sequence, position, logTime } = this.fold.place;
      this.moveCheckpoint.run(sequence, position, logTime);
      this.db.exec('COMMIT');
    } catch (error) {
      Object.assign(this.fold, { place, clockBehind });
      this.index.forget();
      // Some failures have rolled back already.
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  private applyOne(event: StoredEvent): void {
    try {
      const folded = this.fold.fold(event);
      this.index.add(folded);
      for (const version of folded.versions) this.writers.get(version.model)!.write(version);
      for (const change of folded.access) this.access.apply(change, folded.event.streamKey, folded.event.sequence);
    } catch (error) {
      if (isPassing(error) || isDamage(error)) throw error;
      throw new EventNotApplied(event, { cause: error });
    }
  }
}
