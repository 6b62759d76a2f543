import { join } from 'node:path';
import { type Checkpoint, type EventLogReader } from '#event-sourcing/log/event-log.js';
import { type ProjectionGroup } from '../read-model.js';
import { accessAsOf } from './access-writer.js';
import { type KeptStore, keptStore } from './kept-store.js';
import { cannotOpen } from './store-error.js';
import { checkAgainstLog, openStoreForWriting, readCheckpoint } from './store-file.js';
import { findStores, storeFileName, type StoreName } from './stores.js';

/** The read stores that a folder holds, as software of one version finds them. */
export class StoreFolder {
  constructor(
    private readonly folder: string,
    private readonly group: ProjectionGroup,
    private readonly log: EventLogReader,
    private readonly logId: string,
  ) {}

  /** The newest of this version. */
  own(): StoreName | undefined {
    return findStores(this.folder).find(({ version }) => version === this.group.version);
  }

  /** Where the store of this version is, or is to be. */
  fileToFollow(): string {
    return this.own()?.file ?? join(this.folder, storeFileName(this.group));
  }

  /** Where one is to be built beside what there is of this version. */
  fileToBuild(): string {
    return join(this.folder, storeFileName(this.group, (this.own()?.generation ?? 0) + 1));
  }

  /** Those that can be read as they were left, the newest first. */
  kept(head: number): KeptStore[] {
    const { folder, group, logId } = this;
    return findStores(folder).flatMap((name) => keptStore(name, group, { logId, head }) ?? []);
  }

  /** How far this version's own store is; made where there is none. Rejects with `ReadStoreCannotOpen` where it cannot be used. */
  async checked(file: string): Promise<Checkpoint> {
    const db = openStoreForWriting(file, this.group, this.logId);
    try {
      await checkAgainstLog(db, file, this.log);
      const checkpoint = readCheckpoint(db);
      accessAsOf(db, checkpoint.sequence);
      return checkpoint;
    } catch (error) {
      throw cannotOpen(file, error);
    } finally {
      db.close();
    }
  }
}
