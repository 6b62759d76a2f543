import { type ProjectionStatus, type ReadModelsStatus } from '../read-models.js';
import { type Building } from './building.js';
import { type StorePlace } from './store-place.js';

/** Of a store by itself: how far it lags, the log tells. */
export type StoreStatus = Omit<ProjectionStatus, 'lag'>;

/** What is done with the stores of a place. */
export interface StoresInUse {
  place: StorePlace;
  /** The version of this software. */
  version: number;
  /** When the one that is built was begun, at the latest. */
  since: string;
  building: Building | null;
  followed: { store: string; status: ReadModelsStatus } | null;
  /** The store that is served. */
  served: string | null;
}

/** Every store of the place: first what is built, then what is followed, then those that rest. */
export async function storesStatus(inUse: StoresInUse): Promise<StoreStatus[]> {
  const { place, version, since, building, followed, served } = inUse;
  const own = building?.store ?? followed?.store;
  const others = (await place.find())
    .filter(({ store }) => store !== building?.store)
    .sort((a, b) => Number(b.store === own) - Number(a.store === own))
    .map(async ({ store, ...name }): Promise<StoreStatus> => {
      const about = { store: place.label(store), version: name.version, serving: store === served, build: null };
      if (store === followed?.store) {
        const { clockBehind: _, ...status } = followed.status;
        return { ...about, ...status };
      }
      const { sequence, position } = await place.checkpoint(store);
      return { ...about, state: 'kept', sequence, position, behindSince: null, failure: null };
    });
  const built = building ? [ofBuild(building, place.label(building.store), version, since)] : [];
  return [...built, ...(await Promise.all(others))];
}

function ofBuild(
  { state: build, place, isPaused, failure }: Building,
  store: string,
  version: number,
  behindSince: string,
): StoreStatus {
  return {
    ...{ store, version, serving: false },
    state: isPaused ? 'paused' : failure ? 'failed' : 'building',
    ...{ ...place, behindSince, failure, build },
  };
}
