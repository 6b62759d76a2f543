import { type ServedStore } from './served-store.js';
import { type StorePlace } from './store-place.js';

export interface RemovingOptions {
  place: StorePlace;
  served: ServedStore;
  warn: (message: string) => void;
}

/** Removes stores that are not needed any more, in the background; no further one once `isClosing`. */
export function removeStores(
  { place, served, warn }: RemovingOptions,
  notNeeded: () => Promise<string[]>,
  isClosing: () => boolean,
): void {
  const removed = async (): Promise<void> => {
    const stores = await notNeeded();
    await served.left();
    for (const store of stores) if (!isClosing()) await place.remove(store);
  };
  const told = (error: unknown): void =>
    warn(`Read stores that are not needed any more cannot be removed: ${String(error)}`);
  removed().catch(told);
}
