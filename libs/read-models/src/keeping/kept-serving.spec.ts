import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { permissiveRegistry } from '../../../../test/builders/registry.js';
import { type ProjectionGroup } from '../read-model.js';
import { KeptServing } from './kept-serving.js';
import { type OpenReadStore, ServedStore } from './served-store.js';
import { type AccessStore, type KeptStore, type StorePlace } from './store-place.js';

describe('a store that is served as it was left', () => {
  it('is waited for by whoever asks for it while it is made ready', async () => {
    const nothing = () => Promise.resolve();
    const access: AccessStore = { begin: nothing, asOf: nothing, apply: nothing, commit: nothing, close: nothing };
    let caughtUp!: () => void;
    const isCaughtUp = new Promise<void>((resolve) => (caughtUp = resolve));
    const log: Partial<EventLogReader> = {
      async *follow() {
        await isCaughtUp;
        yield { caughtUp: true, head: { sequence: 7, position: '7' } };
      },
    };
    const served = new ServedStore(
      () => ({ leave: nothing, close: nothing }) as Partial<OpenReadStore> as OpenReadStore,
      () => '',
    );
    const serving = new KeptServing(
      {
        served,
        log: log as EventLogReader,
        place: { access: () => Promise.resolve(access) } as Partial<StorePlace> as StorePlace,
        group: { access: new Map(), category: 'case' } as Partial<ProjectionGroup> as ProjectionGroup,
        registry: permissiveRegistry(),
        warn: () => undefined,
      },
      () => undefined,
    );
    const kept: KeptStore = { store: 'left', version: 1, generation: 1, checkpoint: { sequence: 7, position: '7' } };
    const [first, second] = [serving.keep(kept), serving.keep(kept)].map((ready) => ready.then(() => served.store));
    caughtUp();
    expect(await Promise.all([first, second])).toEqual(['left', 'left']);
    expect(await serving.keep(kept).then(() => served.store)).toBe('left');
    await serving.close();
  });
});
