import { type Benchmark } from '../benchmark.js';
import { openCases } from '../note-load.js';
import { resultOf } from '../rounds.js';
import { followers } from './follower.js';

const FOLLOWERS = 10_000;
const MIB = 1_048_576;
const MOST = 1_024;

/** What a server's process holds in memory while 10,000 follow, half of them each way, and nothing happens. */
export const followIdle: Benchmark = {
  name: 'follow.idle',
  run: async ({ folder, servers }) => {
    const server = await servers.over(await folder('follow-idle'));
    await openCases(server, 1);
    const before = (await server.report()).rss / MIB;
    const all = await followers(server, FOLLOWERS, () => undefined);
    try {
      const value = (await server.report()).rss / MIB;
      const about = {
        name: 'follow.idle',
        unit: 'MiB',
        target: `< ${MOST} MiB in all with 10,000 idle followers`,
        note: `${before.toFixed(0)} MiB without any`,
      };
      return resultOf(about, { product: [{ value }], ceiling: null }, () => value < MOST);
    } finally {
      for (const follower of all) follower.close();
      await server.stop();
    }
  },
};
