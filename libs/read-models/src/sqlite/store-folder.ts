import { basename, join } from 'node:path';
import { type Checkpoint, type EventLogReader, START } from '#event-sourcing/log/event-log.js';
import { type LogReaderHandle, withoutWake } from '#event-sourcing/log/log-reader.js';
import { BrokenOff } from '../build/broken-off.js';
import {
  type AccessStore,
  type BuildOptions,
  type FollowedStore,
  type KeptStore,
  type Rebuilt,
  type StoreName,
  type StorePlace,
} from '../keeping/store-place.js';
import { type SeenStores } from '../keeping/recorded-head.js';
import { type StoreEnd } from '../keeping/store-end.js';
import { ProjectorClient } from '../projecting/projector-client.js';
import { type ProjectionGroup } from '../read-model.js';
import { type ReadModelsStatus } from '../read-models.js';
import { accessAsOf } from './access-writer.js';
import { KeptAccessFile } from './kept-access-file.js';
import { keptStore } from './kept-store.js';
import { rebuildStore, removeStore } from './rebuild.js';
import { cannotOpen, isPassing } from './store-error.js';
import { checkAgainstLog, openStoreForReading, openStoreForWriting, readCheckpoint, readEnd } from './store-file.js';
import { pinnedStore, pinStore } from './store-pin.js';
import { findStores, removeUnfinished, storeFileName } from './stores.js';

export interface StoreFolderOptions {
  folder: string;
  log: EventLogReader;
  /** Makes a handle for each thread that is started. */
  logHandle: () => LogReaderHandle;
  /** URL of the compiled module that exports `projections` and `registry`: threads import it. */
  projections: URL;
  group: ProjectionGroup;
  warn: (message: string) => void;
}

/** A folder that holds read stores, each in a file of its own. */
export class StoreFolder implements StorePlace, SeenStores {
  constructor(
    private readonly options: StoreFolderOptions,
    private readonly logId: string,
  ) {}

  find(): Promise<StoreName[]> {
    return Promise.resolve(findStores(this.options.folder));
  }

  nameOf(version: number, generation: number): string {
    return join(this.options.folder, storeFileName({ version }, generation));
  }

  label(store: string): string {
    return basename(store);
  }

  async checked(file: string, isFollowed: (from: Checkpoint) => boolean): Promise<Checkpoint> {
    const db = openStoreForWriting(file, this.options.group, this.logId);
    try {
      await checkAgainstLog(db, file, this.options.log);
      const checkpoint = readCheckpoint(db);
      if (isFollowed(checkpoint)) accessAsOf(db, checkpoint.sequence);
      return checkpoint;
    } catch (error) {
      throw cannotOpen(file, error);
    } finally {
      db.close();
    }
  }

  kept(name: StoreName, head: number): Promise<KeptStore | null> {
    return Promise.resolve(keptStore(name, this.options.group, { logId: this.logId, head }));
  }

  checkpoint(file: string): Promise<Checkpoint> {
    const end = endOf(file);
    return Promise.resolve(end ? { sequence: end.sequence, position: end.position } : START);
  }

  end(file: string): Promise<StoreEnd | null> {
    return Promise.resolve(endOf(file));
  }

  remove(file: string): Promise<void> {
    return Promise.resolve(removeStore(file));
  }

  async removeSeen(file: string): Promise<boolean> {
    await this.remove(file);
    return true;
  }

  removeUnfinished(): Promise<void> {
    return Promise.resolve(removeUnfinished(this.options.folder));
  }

  pinned(): Promise<string | null> {
    return Promise.resolve(pinnedStore(this.options.folder));
  }

  pin(file: string | null): Promise<void> {
    return Promise.resolve(pinStore(this.options.folder, file));
  }

  build(file: string, options: BuildOptions): Promise<Rebuilt> {
    const { projections } = this.options;
    const logFile = withoutWake(this.options.logHandle());
    return rebuildStore({ ...options, file, logFile, logId: this.logId, projections });
  }

  follow(file: string, from: Checkpoint, changed: (status: ReadModelsStatus) => void): Promise<FollowedStore> {
    const { logHandle, projections, warn } = this.options;
    const thread = 'libs/read-models/src/sqlite/projector-thread';
    const data = { store: file, logId: this.logId, projections: projections.href };
    return ProjectorClient.start({ ...data, thread, logHandle, warn, changed }, from);
  }

  isPassing(error: unknown): boolean {
    return error instanceof BrokenOff || isPassing(error);
  }

  access(file: string): Promise<AccessStore> {
    return Promise.resolve(new KeptAccessFile(file));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Null where it cannot be read. */
function endOf(file: string): StoreEnd | null {
  let db: ReturnType<typeof openStoreForReading> | undefined;
  try {
    db = openStoreForReading(file);
    return readEnd(db);
  } catch {
    return null;
  } finally {
    db?.close();
  }
}
