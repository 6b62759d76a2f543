import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { permissiveRegistry } from '../../../../test/builders/registry.js';
import { until } from '../../../../test/crash/until.js';
import { type ProjectionGroup } from '../read-model.js';
import { type OpenReadStore, ServedStore } from './served-store.js';
import { StoreKeeper, type StoreKeeperOptions } from './store-keeper.js';
import { type AccessStore, type FollowedStore, type StoreName, type StorePlace } from './store-place.js';

describe('a roll-back to a store that cannot be read just now', () => {
  const nothing = () => Promise.resolve();
  let isAway: boolean;
  let isPassing: boolean;
  let pinned: string[];
  let keeper: StoreKeeper;
  const begin = async (): Promise<void> => {
    pinned = [];
    isAway = true;
    const access: AccessStore = { begin: nothing, asOf: nothing, apply: nothing, commit: nothing, close: nothing };
    const status = { state: 'building', sequence: 0, position: '', failure: null, behindSince: null, clockBehind: 0 };
    const place: Partial<StorePlace> = {
      find: () => Promise.resolve([{ store: 'left', version: 1, generation: 1 }] as StoreName[]),
      nameOf: () => 'new',
      removeUnfinished: nothing,
      pinned: () => Promise.resolve(null),
      pin: (store) => Promise.resolve(void (store && pinned.push(store))),
      checked: () => Promise.resolve({ sequence: 0, position: '' }),
      kept: (name) => Promise.resolve({ ...name, checkpoint: { sequence: 7, position: '7' } }),
      access: () => (isAway ? Promise.reject(new Error('It is away.')) : Promise.resolve(access)),
      follow: () => Promise.resolve({ status, close: nothing } as Partial<FollowedStore> as FollowedStore),
      label: (store) => store,
      isPassing: () => isPassing,
      close: nothing,
    };
    const log: Partial<EventLogReader> = {
      head: () => Promise.resolve({ sequence: 7, position: '7' }),
      async *follow() {
        yield await Promise.resolve({ caughtUp: true, head: { sequence: 7, position: '7' } } as const);
      },
    };
    const served = new ServedStore(
      () => ({ leave: nothing, close: nothing }) as Partial<OpenReadStore> as OpenReadStore,
      () => '',
    );
    const group = { version: 2, readableSince: 1, access: new Map(), category: 'case' };
    keeper = new StoreKeeper({
      ...{ served, rebuildBeyond: 10, warn: () => undefined, registry: permissiveRegistry() },
      place: place as StorePlace,
      log: log as EventLogReader,
      group: group as Partial<ProjectionGroup> as ProjectionGroup,
    } satisfies StoreKeeperOptions);
    await keeper.open();
    await keeper.begun;
  };
  afterEach(() => keeper.close());

  it.each([true, false])('is refused, and done once it can be (the cause passes by itself: %s)', async (passes) => {
    isPassing = passes;
    await begin();
    expect(keeper.served).toBeNull();
    await expect(keeper.rollBack(7)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(pinned).toEqual([]);
    isAway = false;
    if (passes) await until('it is served', () => keeper.served ?? undefined);
    await keeper.rollBack(7);
    expect([keeper.served, pinned]).toEqual(['left', ['left']]);
  });
});
