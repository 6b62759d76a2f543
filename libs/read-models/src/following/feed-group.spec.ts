import { until } from '../../../../test/contracts/until.js';
import { refuse } from '#event-sourcing/refusal.js';
import { EVERYTHING } from '../access-filter.js';
import { type FeedOptions } from '../feed-options.js';
import { type ReadModels } from '../read-models.js';
import { Feed } from './feed.js';

describe('followers of whom each read takes too long', () => {
  /** A feed, and how often it was read for those who follow all and for those who follow some. */
  function busyFeed() {
    const reads = { all: 0, some: 0 };
    const state = { isBusy: true };
    const stretch = ({ types }: FeedOptions) => {
      reads[types ? 'some' : 'all']++;
      if (state.isBusy) refuse('LIMIT_EXCEEDED', 'It took too long.');
      return { places: [], reached: 0, head: 0, headRecordedAt: '2026-03-07T09:30:00.000Z' };
    };
    const readModels = {
      checkpoint: 0,
      onMoved: () => () => undefined,
      status: () => ({ state: 'building' }),
      session: () => ({ stretch }),
    } as unknown as ReadModels;
    const feed = new Feed(readModels, { gained: 'Gained', lost: 'Lost' });
    const follow = (types?: string[]) => feed.subscribe(EVERYTHING, { transport: 'sse', after: 0, types });
    return { feed, follow, reads, state };
  }

  it('read again for as long as one is there', async () => {
    const { feed, follow, reads, state } = busyFeed();
    const [one, other] = [follow(), follow()];
    const waiting = Promise.all([one.next(), other.next()]);
    one.close();
    await until(() => reads.all > 2);
    state.isBusy = false;
    expect(await waiting).toMatchObject([[], [{ event: null, caughtUp: true }]]);
    await feed.close();
  });

  it('do not once none is', async () => {
    const { feed, follow, reads } = busyFeed();
    const [one, other] = [follow(), follow(['NoteAdded'])];
    const [last, others] = [one.next(), other.next()];
    await until(() => reads.all > 0);
    one.close();
    expect(await last).toEqual([]);
    const [before, meanwhile] = [reads.all, reads.some];
    await until(() => reads.some > meanwhile + 3);
    expect(reads.all - before).toBeLessThanOrEqual(1);
    other.close();
    expect(await others).toEqual([]);
    await feed.close();
  });
});
