import { setImmediate as turn } from 'node:timers/promises';
import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { type ProjectionGroup } from '../read-model.js';
import { type OpenReadStore, ServedStore } from './served-store.js';
import { StoreKeeper, type StoreKeeperOptions } from './store-keeper.js';
import { type BuildOptions, type FollowedStore, type StoreName, type StorePlace } from './store-place.js';

describe('closing what keeps the stores', () => {
  let happened: string[];
  let looks: number;
  /** Holds a look for what there is, and one for the log's head. */
  let held: Promise<void>;
  let headHeld: Promise<void>;
  let head: number;
  let keeper: StoreKeeper;
  const done = (what: string) => () => Promise.resolve(void happened.push(what));
  beforeEach(async () => {
    happened = [];
    [head, looks] = [0, 0];
    [held, headHeld] = [Promise.resolve(), Promise.resolve()];
    const nothing = () => Promise.resolve();
    const status = { state: 'live', sequence: 0, position: '', failure: null, behindSince: null, clockBehind: 0 };
    const projector = { status, close: done('follower closed'), start: nothing } as Partial<FollowedStore>;
    const place: Partial<StorePlace> = {
      find: async () => {
        looks++;
        await held;
        return [{ store: 'one', version: 1, generation: 1 }] as StoreName[];
      },
      nameOf: () => 'another',
      removeUnfinished: nothing,
      pinned: () => Promise.resolve(null),
      checked: () => Promise.resolve({ sequence: 0, position: '' }),
      follow: () => Promise.resolve(projector as FollowedStore),
      build: (_store, { signal }: BuildOptions) => {
        happened.push('build');
        return new Promise((_, reject) => {
          const end = () => reject(new Error('Ended.'));
          if (signal!.aborted) end();
          signal!.addEventListener('abort', end);
        });
      },
      isPassing: () => false,
      close: done('place closed'),
    };
    const store: Partial<OpenReadStore> = { leave: nothing };
    const log: Partial<EventLogReader> = {
      head: async () => {
        looks++;
        await headHeld;
        return { sequence: head, position: '' };
      },
    };
    const options: Partial<StoreKeeperOptions> = {
      place: place as StorePlace,
      log: log as EventLogReader,
      group: { version: 1 } as Partial<ProjectionGroup> as ProjectionGroup,
      served: new ServedStore(
        () => store as OpenReadStore,
        () => '',
      ),
      rebuildBeyond: 10,
      warn: (message) => happened.push(message),
    };
    keeper = new StoreKeeper(options as StoreKeeperOptions);
    await keeper.open();
    await keeper.begun;
  });

  it('waits for a resume that is under way, and leaves nothing that is built', async () => {
    let letGo!: () => void;
    held = new Promise((resolve) => (letGo = resolve));
    [head, looks] = [1_000, 0];
    const resumed = keeper.resume().then(done('resumed'));
    while (looks < 2) await turn();
    const closed = keeper.close().then(done('closed'));
    await turn();
    expect(happened).not.toContain('place closed');
    letGo();
    await Promise.all([resumed, closed]);
    await turn();
    expect(happened.slice(-2)).toEqual(['place closed', 'closed']);
    expect(happened.indexOf('resumed')).toBeLessThan(happened.indexOf('place closed'));
    expect(happened).not.toContain('build');
  });

  it('does not wait for a log that is away, of which a resume asks how far it is', async () => {
    let letGo!: (error: Error) => void;
    headHeld = new Promise((_, reject) => (letGo = reject));
    looks = 0;
    const resumed = keeper.resume().then(done('resumed'));
    while (looks === 0) await turn();
    const closed = keeper.close().then(done('closed'));
    await turn();
    letGo(new Error('The log is away.'));
    await Promise.all([resumed, closed]);
    expect(happened).toEqual(['resumed', 'follower closed', 'place closed', 'closed']);
  });
});
