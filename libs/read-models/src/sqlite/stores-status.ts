import { basename } from 'node:path';
import { type Checkpoint, START } from '#event-sourcing/log/event-log.js';
import { type ProjectionStatus, type ReadModelsStatus } from '../read-models.js';
import { type Building } from './building.js';
import { openStoreForReading, readCheckpoint } from './store-file.js';
import { findStores } from './stores.js';

/** Of a store by itself: how far it lags, the log tells. */
export type StoreStatus = Omit<ProjectionStatus, 'lag'>;

/** What is done with the stores of a folder. */
export interface StoresInUse {
  folder: string;
  /** The version of this software. */
  version: number;
  /** When the one that is built was begun, at the latest. */
  since: string;
  building: Building | null;
  followed: { file: string; status: ReadModelsStatus } | null;
  /** The file that is served. */
  served: string | undefined;
}

/** Every store of the folder: first what is built, then what is followed, then those that rest. */
export function storesStatus({ folder, version, since, building, followed, served }: StoresInUse): StoreStatus[] {
  const own = building?.file ?? followed?.file;
  return [
    ...(building ? [ofBuild(building, version, since)] : []),
    ...findStores(folder)
      .filter(({ file }) => file !== building?.file)
      .sort((a, b) => Number(b.file === own) - Number(a.file === own))
      .map((store): StoreStatus => {
        const { file } = store;
        const about = { store: basename(file), version: store.version, serving: file === served, build: null };
        if (file === followed?.file) {
          const { clockBehind: _, ...status } = followed.status;
          return { ...about, ...status };
        }
        const { sequence, position } = checkpointIn(file);
        return { ...about, state: 'kept', sequence, position, behindSince: null, failure: null };
      }),
  ];
}

function ofBuild(
  { file, state: build, isPaused, failure }: Building,
  version: number,
  behindSince: string,
): StoreStatus {
  return {
    ...{ store: basename(file), version, serving: false },
    state: isPaused ? 'paused' : failure ? 'failed' : 'building',
    ...{ sequence: build.events, position: String(build.events), behindSince, failure, build },
  };
}

function checkpointIn(file: string): Checkpoint {
  try {
    const db = openStoreForReading(file);
    try {
      return readCheckpoint(db);
    } finally {
      db.close();
    }
  } catch {
    return START;
  }
}
