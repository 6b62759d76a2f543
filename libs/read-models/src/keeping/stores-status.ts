import { type Checkpoint, START } from '#event-sourcing/log/event-log.js';
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

/** What stands where the store that is served is not the one that is followed. */
export interface LeftInUse extends Pick<StoresInUse, 'building' | 'since'> {
  /** Of the one that is followed, if one is. */
  behind: ReadModelsStatus | undefined;
  /** Where the one that is served was left; undefined where none is. */
  left: Checkpoint | undefined;
  /** Since when it is served by hand. */
  pinnedSince: string | null;
}

/** Of what is served meanwhile, and of what becomes of its successor. */
export function leftStatus({ behind, building, left = START, pinnedSince, since }: LeftInUse): ReadModelsStatus {
  const failure = behind?.failure ?? building?.failure ?? null;
  const isStill = building ? building.isPaused : behind?.state === 'paused';
  return {
    state: pinnedSince || isStill ? 'paused' : failure ? 'failed' : 'building',
    ...{ sequence: left.sequence, position: left.position, failure },
    behindSince: pinnedSince ?? behind?.behindSince ?? since,
    clockBehind: behind?.clockBehind ?? 0,
  };
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
