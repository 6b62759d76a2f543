import { setTimeout as delay } from 'node:timers/promises';
import { refuse } from '#event-sourcing/refusal.js';
import { EVERYTHING } from '../access-filter.js';
import { type ReadModels } from '../read-models.js';
import { Feed } from './feed.js';

describe('followers of whom each read takes too long', () => {
  it('read again for as long as one is there, and no longer', async () => {
    let [reads, isBusy] = [0, true];
    const stretch = () => {
      reads++;
      if (isBusy) refuse('LIMIT_EXCEEDED', 'It took too long.');
      return { places: [], reached: 0, head: 0, headRecordedAt: '2026-03-07T09:30:00.000Z' };
    };
    const readModels = {
      checkpoint: 0,
      onMoved: () => () => undefined,
      status: () => ({ state: 'building' }),
      session: () => ({ stretch }),
    } as unknown as ReadModels;
    const feed = new Feed(readModels, { gained: 'Gained', lost: 'Lost' });
    const follow = () => feed.subscribe(EVERYTHING, { transport: 'sse', after: 0 });
    const [one, other] = [follow(), follow()];
    const waiting = Promise.all([one.next(), other.next()]);
    one.close();
    await delay(300);
    isBusy = false;
    expect(await waiting).toMatchObject([[], [{ event: null, caughtUp: true }]]);

    await delay(60);
    isBusy = true;
    const last = other.next();
    other.close();
    const before = reads;
    await delay(600);
    const after = reads;
    isBusy = false;
    expect(await last).toEqual([]);
    expect(after - before).toBeLessThanOrEqual(1);
    await feed.close();
  });
});
