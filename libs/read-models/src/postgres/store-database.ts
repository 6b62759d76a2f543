import { type Client } from 'pg';
import { type Checkpoint, type EventLogReader, START } from '#event-sourcing/log/event-log.js';
import { isRemote, type LogReaderHandle, withoutWake } from '#event-sourcing/log/log-reader.js';
import { BrokenOff } from '../build/broken-off.js';
import { type SeenStores } from '../keeping/recorded-head.js';
import { type StoreEnd, wrongWithLog } from '../keeping/store-end.js';
import {
  type AccessStore,
  type BuildOptions,
  type FollowedStore,
  type KeptStore,
  type Rebuilt,
  type StoreName,
  type StorePlace,
} from '../keeping/store-place.js';
import { ProjectorClient } from '../projecting/projector-client.js';
import { SpareProjector } from '../projecting/spare-projector.js';
import { type ProjectionGroup } from '../read-model.js';
import { type ReadModelsStatus, ReadStoreCannotOpen } from '../read-models.js';
import { accessAsOf } from './access-changes.js';
import { buildStore } from './build.js';
import { connect, SILENT_MS, transaction } from './connection.js';
import { KeptAccessSchema } from './kept-access-schema.js';
import { migrate } from './migrations.js';
import { OwnerLock } from './owner-lock.js';
import { quoted } from './schema.js';
import { checkServer } from './server-check.js';
import { dropUnfinished, isUnfinished, unfinishedName } from './store-builder.js';
import { unreachable } from './query-lane.js';
import { cannotOpen, isLost, isPassing, rebuildRemedy } from './store-error.js';
import { checkGroupOf, createStore, partsIn, readEnd } from './store-schema.js';
import { schemasIn, storesIn } from './stores.js';

export interface StoreDatabaseOptions {
  /** `postgres://user:password@host:port/database`, with what else the driver takes. */
  url: string;
  log: EventLogReader;
  /** Makes a handle for each thread that is started. */
  logHandle: () => LogReaderHandle;
  /** URL of the compiled module that exports `projections` and `registry`: threads import it. */
  projections: URL;
  group: ProjectionGroup;
  warn: (message: string) => void;
}

/** A schema that is not there, or is none of ours. */
const NOT_THERE = '42P01';
const PROJECTOR = 'libs/read-models/src/postgres/projector-thread';

/** A PostgreSQL database that holds read stores, each in a schema of its own. The process that holds the `OwnerLock` writes them. */
export class StoreDatabase implements StorePlace, SeenStores {
  private readonly spare: SpareProjector;

  private constructor(
    private readonly options: StoreDatabaseOptions,
    private readonly logId: string,
  ) {
    const { projections, logHandle } = options;
    this.spare = new SpareProjector(PROJECTOR, () => ({
      projections: projections.href,
      isRemote: isRemote(withoutWake(logHandle())),
    }));
  }

  /** Rejects with `ReadStoreCannotOpen`, whose sentence tells no password, where the database cannot hold read stores. */
  static async open(options: StoreDatabaseOptions): Promise<StoreDatabase> {
    const { url, log } = options;
    const database = new StoreDatabase(options, await log.identity());
    try {
      await database.with(undefined, async (client) => {
        await checkServer(client, url);
        await migrate(client);
      });
      return database;
    } catch (error) {
      throw cannotOpen(url, error);
    }
  }

  find(): Promise<StoreName[]> {
    return this.answer(undefined, storesIn);
  }

  nameOf(version: number, generation: number): string {
    return generation === 1 ? `caseledger_read_${version}` : `caseledger_read_${version}_${generation}`;
  }

  label(store: string): string {
    return store;
  }

  async checked(store: string, isFollowed: (from: Checkpoint) => boolean): Promise<Checkpoint> {
    const { group, log } = this.options;
    try {
      return await this.with(store, async (client) => {
        const isThere = (await storesIn(client)).some((one) => one.store === store);
        if (!isThere) await transaction(client, () => createStore(client, store, group, this.logId));
        await checkGroupOf(client, store, group);
        return transaction(client, async () => {
          // One that wrote it before may be about to: what it writes is whole before this, or comes after it.
          await client.query('SELECT FROM checkpoint FOR UPDATE');
          const end = await readEnd(client);
          const wrong = await wrongWithLog(end, log);
          if (wrong) throw new ReadStoreCannotOpen(`The read store ${store} ${wrong}: ${rebuildRemedy(store)}.`);
          if (isFollowed(end)) await accessAsOf(client, end.sequence);
          return { sequence: end.sequence, position: end.position };
        });
      });
    } catch (error) {
      if ((error as { code?: string }).code === NOT_THERE) {
        throw new ReadStoreCannotOpen(`The schema ${store} is no read store: ${rebuildRemedy(store)}.`, {
          cause: error,
        });
      }
      throw cannotOpen(this.options.url, error);
    }
  }

  async kept(name: StoreName, head: number): Promise<KeptStore | null> {
    const end = await this.end(name.store);
    if (!end || end.logId !== this.logId || end.sequence > head || end.sequence === 0) return null;
    const { sequence, position } = end;
    return (await this.holdsAll(name.store)) ? { ...name, checkpoint: { sequence, position } } : null;
  }

  async checkpoint(store: string): Promise<Checkpoint> {
    const end = await this.end(store);
    return end ? { sequence: end.sequence, position: end.position } : START;
  }

  end(store: string): Promise<StoreEnd | null> {
    return this.with(store, readEnd).catch(() => null);
  }

  async remove(store: string): Promise<void> {
    await this.with(undefined, (client) => client.query(`DROP SCHEMA IF EXISTS ${quoted(store)} CASCADE`));
  }

  async removeSeen(store: string): Promise<boolean> {
    const lock = await OwnerLock.takeUnlessAlive(this.options.url);
    if (!lock) return false;
    try {
      await this.remove(store);
      return true;
    } finally {
      await lock.release();
    }
  }

  async removeUnfinished(): Promise<void> {
    await this.with(undefined, async (client) => {
      for (const name of (await schemasIn(client)).filter(isUnfinished)) await dropUnfinished(client, name);
    });
  }

  pinned(): Promise<string | null> {
    return this.answer(undefined, async (client) => {
      const { rows } = await client.query<{ pinned: string | null }>('SELECT pinned FROM caseledger.stores');
      return rows[0].pinned;
    });
  }

  async pin(store: string | null): Promise<void> {
    await this.answer(undefined, (client) => client.query('UPDATE caseledger.stores SET pinned = $1', [store]));
  }

  async build(schema: string, options: BuildOptions): Promise<Rebuilt> {
    const { url, projections, logHandle } = this.options;
    const log = withoutWake(logHandle());
    const { logId } = this;
    const { until } = options;
    const unfinished = unfinishedName(schema);
    try {
      return await buildStore({ url, schema, unfinished, log, logId, projections: projections.href, until }, options);
    } catch (error) {
      await this.with(undefined, (client) => dropUnfinished(client, unfinished)).catch(() => undefined);
      throw error;
    }
  }

  follow(schema: string, from: Checkpoint, changed: (status: ReadModelsStatus) => void): Promise<FollowedStore> {
    const { url, logHandle, projections, warn } = this.options;
    const data = { store: { url, schema }, logId: this.logId, projections: projections.href };
    const spare = this.spare.take();
    return ProjectorClient.start({ ...data, thread: PROJECTOR, spare, logHandle, warn, changed }, from);
  }

  prepare(): void {
    this.spare.prepare();
  }

  async access(store: string): Promise<AccessStore> {
    return new KeptAccessSchema(await connect(this.options.url, store, SILENT_MS));
  }

  isPassing(error: unknown): boolean {
    return error instanceof BrokenOff || isPassing(error);
  }

  close(): Promise<void> {
    return this.spare.close();
  }

  /** Whether a store has every table and column of the group's, and every index: next to an empty one, which nobody else sees. */
  private holdsAll(store: string): Promise<boolean> {
    const wanted = 'caseledger_read_wanted';
    return this.with(undefined, async (client) => {
      await client.query('BEGIN');
      try {
        await createStore(client, wanted, this.options.group, this.logId);
        const [there, all] = [await partsIn(client, store), await partsIn(client, wanted)];
        return [...all].every((part) => there.has(part));
      } finally {
        await client.query('ROLLBACK');
      }
    });
  }

  /** Refuses with UNAVAILABLE while the database cannot be reached. */
  private async answer<T>(schema: string | undefined, run: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await this.with(schema, run);
    } catch (error) {
      throw isLost(error) ? unreachable() : error;
    }
  }

  /** Runs on a connection of its own: what is done here is done seldom. */
  private async with<T>(schema: string | undefined, run: (client: Client) => Promise<T>): Promise<T> {
    const client = await connect(this.options.url, schema);
    try {
      return await run(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
