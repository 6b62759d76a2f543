import { setImmediate as turn } from 'node:timers/promises';
import { START } from '#event-sourcing/log/event-log.js';
import { FreshStores } from './fresh-stores.js';
import { type StorePlace } from './store-place.js';
import { type Stores } from './stores.js';

describe('a build that waits for what it needs', () => {
  let begun: string[];
  let looks: number;
  /** Holds a look for what there is. */
  let held: Promise<void> | undefined;
  let fresh: FreshStores;

  const nothing = () => undefined;
  const toBuild = async (): Promise<string> => {
    looks++;
    await held;
    return `store ${looks}`;
  };

  beforeEach(async () => {
    [begun, looks, held] = [[], 0, undefined];
    const place = {
      build: (store: string) => {
        begun.push(store);
        return Promise.reject(new Error('It is away.'));
      },
      isPassing: () => true,
    } as Partial<StorePlace> as StorePlace;
    const stored = { toBuild } as Partial<Stores> as Stores;
    fresh = new FreshStores({ place, stored, warn: nothing, built: () => Promise.resolve(), changed: nothing });
    await fresh.build();
    await until(() => fresh.building?.failure !== null);
  });
  afterEach(() => fresh.end());

  it('is begun again, by itself', async () => {
    await until(() => begun.length === 2);
    expect(begun).toEqual(['store 1', 'store 2']);
  });

  it('is begun again where what was built cannot be followed', async () => {
    await fresh.end();
    const followed: string[] = [];
    const place = {
      build: () => Promise.resolve({ place: { ...START, logTime: 0 }, refused: null }),
      isPassing: () => true,
    } as Partial<StorePlace> as StorePlace;
    const built = (store: string): Promise<void> => {
      followed.push(store);
      return followed.length === 1 ? Promise.reject(new Error('It is away.')) : Promise.resolve();
    };
    const [warnings, stored]: [string[], Stores] = [[], { toBuild } as Partial<Stores> as Stores];
    const warn = (message: string) => void warnings.push(message);
    fresh = new FreshStores({ place, stored, warn, built, changed: nothing });
    await fresh.build();
    await until(() => followed.length === 2 && fresh.building === null);
    expect(warnings).toEqual(['The read models cannot be rebuilt: It is away.']);
  });

  it('stays ended when that is done while it is looked what there is', async () => {
    let letGo!: () => void;
    held = new Promise((resolve) => (letGo = resolve));
    await until(() => looks === 2);
    await fresh.end();
    letGo();
    await turn();
    expect([begun, fresh.building?.isPaused]).toEqual([['store 1'], true]);
  });

  it('is begun once, though it is told to while it is about to be', async () => {
    let letGo!: () => void;
    held = new Promise((resolve) => (letGo = resolve));
    await until(() => looks === 2);
    const told = fresh.build();
    letGo();
    await told;
    await turn();
    expect(begun).toHaveLength(2);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turn();
}
