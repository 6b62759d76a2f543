import { type Client } from 'pg';
import { type Checkpoint, START, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { Batch, BATCH_CHARACTERS, layoutsOf, type PackedBatch } from '../build/batches.js';
import { EventNotApplied, Fold } from '../fold.js';
import { foldNext } from '../fold-next.js';
import { type ProjectedStore } from '../projecting/projected-store.js';
import { VERSIONS_PER_EVENT } from '../versions.js';
import { type ProjectionGroup } from '../read-model.js';
import { ReadStoreCannotOpen } from '../read-models.js';
import { BatchWriter } from './batch-writer.js';
import { connect, SILENT_MS, transaction } from './connection.js';
import { FollowedRows } from './followed-rows.js';
import { isLost, PassedBy } from './store-error.js';
import { checkGroupOf, readEnd } from './store-schema.js';

/** A connection with what is written by it. */
interface Writing {
  client: Client;
  writer: BatchWriter;
}

/**
 * Follows: what events write goes into the store, with the event index and the checkpoint; a batch is one transaction. It
 * moves the checkpoint from where this projector left it or writes nothing: of two projectors of one store, one that was
 * passed by cannot write any more.
 */
export class PostgresProjection implements ProjectedStore {
  private readonly fold: Fold;
  private readonly rows: FollowedRows;
  private readonly layouts;
  private writing: Writing | undefined;
  private connecting: Promise<Writing> | undefined;
  private isClosed = false;
  /** Told when a connection ends on which nothing is written: the server may come back without its last commits. */
  private lost: () => void = () => undefined;
  private batches = 0;
  /** What the last load failed with: the events have no part in it. */
  private notLoaded: unknown;

  constructor(
    private readonly store: { url: string; schema: string },
    private readonly group: ProjectionGroup,
    registry: EventRegistry,
    private readonly logId: string,
  ) {
    this.rows = new FollowedRows(group);
    this.layouts = layoutsOf(group);
    this.fold = new Fold(group, registry, this.rows, { ...START, logTime: 0 });
  }

  get checkpoint(): Checkpoint {
    const { sequence, position } = this.fold.place;
    return { sequence, position };
  }

  get clockBehind(): number {
    return this.fold.clockBehind;
  }

  /** Connects, where it is not, and goes on from where the store stands. Rejects with `ReadStoreCannotOpen`. */
  async reopen(lost = this.lost): Promise<void> {
    const { client } = await this.connected();
    this.lost = lost;
    try {
      const { sequence, position, logTime, logId } = await readEnd(client);
      if (logId !== this.logId) throw new ReadStoreCannotOpen(`The read store ${this.store.schema} is of another log.`);
      this.fold.place = { sequence, position, logTime };
      this.rows.forget();
    } catch (error) {
      await this.letGo(error);
      throw error;
    }
  }

  async apply(events: readonly StoredEvent[]): Promise<void> {
    let fresh = events.filter(({ sequence }) => sequence! > this.fold.place.sequence);
    while (fresh.length > 0) {
      await this.applySome(fresh);
      fresh = fresh.filter(({ sequence }) => sequence! > this.fold.place.sequence);
    }
  }

  /** Applies the first of these, as many as one transaction takes. */
  private async applySome(fresh: readonly StoredEvent[]): Promise<void> {
    const { place, clockBehind } = this.fold;
    const batch = new Batch(this.group, this.layouts, ++this.batches, (place.sequence + 1) * VERSIONS_PER_EVENT);
    this.rows.begin(batch);
    let refused: EventNotApplied | null;
    try {
      const writing = await this.connected();
      refused = await this.foldInto(batch, fresh, writing.client);
      if (batch.events > 0) await this.commit(writing, batch.pack(), place.sequence);
    } catch (error) {
      Object.assign(this.fold, { place, clockBehind });
      this.rows.forget();
      await this.letGo(error);
      throw error;
    }
    if (refused) throw refused;
  }

  /** For good. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.disconnect();
  }

  private async disconnect(): Promise<void> {
    const { writing } = this;
    this.writing = undefined;
    await writing?.client.end();
  }

  /** Whoever goes on while another still connects is given the same connection: none is left over. */
  private async connected(): Promise<Writing> {
    return this.writing ?? (this.connecting ??= this.connect().finally(() => (this.connecting = undefined)));
  }

  private async connect(): Promise<Writing> {
    const { url, schema } = this.store;
    const client = await connect(url, schema, SILENT_MS);
    client.on('end', () => {
      if (this.writing?.client !== client) return;
      this.writing = undefined;
      this.lost();
    });
    try {
      await checkGroupOf(client, schema, this.group);
      if (this.isClosed) throw new Error(`The read store ${schema} was closed meanwhile.`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    return (this.writing = { client, writer: new BatchWriter(client, this.group) });
  }

  /** Returns the event that cannot be applied, with all before it folded; null where all are, or the batch is full. */
  private async foldInto(
    batch: Batch,
    events: readonly StoredEvent[],
    client: Client,
  ): Promise<EventNotApplied | null> {
    const { fold, rows } = this;
    const load = async (): Promise<void> => {
      await rows.load(client).catch((error: unknown) => {
        throw (this.notLoaded = error);
      });
    };
    const next = { fold, load, write: (folded: Parameters<FollowedRows['write']>[0]) => rows.write(folded) };
    for (const [n, event] of events.entries()) {
      try {
        await foldNext(next, events, n);
      } catch (error) {
        if (error === this.notLoaded) throw error;
        return new EventNotApplied(event, { cause: error });
      }
      if (batch.characters >= BATCH_CHARACTERS) break;
    }
    return null;
  }

  private async commit({ client, writer }: Writing, batch: PackedBatch, from: number): Promise<void> {
    const { sequence, position, logTime } = this.fold.place;
    await transaction(client, async () => {
      const { rowCount } = await client.query(
        'UPDATE checkpoint SET sequence = $1, position = $2, log_time = $3 WHERE sequence = $4',
        [sequence, position, logTime, from],
      );
      if (rowCount !== 1) throw new PassedBy(this.store.schema);
      await writer.write(batch);
    });
  }

  /** A connection that was lost, or of which nobody knows where it stands, is of no more use. */
  private async letGo(error: unknown): Promise<void> {
    if (isLost(error)) await this.disconnect().catch(() => undefined);
  }
}
