import { type Benchmark } from '../benchmark.js';
import { history } from '../history/history.js';
import { type MeasuredServer } from '../measured-server.js';
import { inTurns, median, resultOf, type Side } from '../rounds.js';
import { bySse, byWebSocket, type Follow } from './follower.js';

/** So many events, the last of a longer history, are enough to tell the rate: all of a million would take half an hour. */
const MOST = 100_000;

/** One follower reads a long history to its end, each way. */
export const followCatchup: Benchmark = {
  name: 'follow.catchup',
  run: async (bench) => {
    const { folder, head } = await history(bench);
    const first = Math.max(0, head - MOST);
    const server = await bench.servers.over(folder);
    for (const follow of [bySse, byWebSocket]) await catchUp(server, follow, first, head);
    const { product, ceiling: beside } = await inTurns(
      () => catchUp(server, bySse, first, head),
      () => catchUp(server, byWebSocket, first, head),
    );
    const overWebSocket = Math.round(median(beside.map(({ value }) => value)));
    const about = {
      name: 'follow.catchup',
      unit: 'events/s',
      target: '>= 30,000 events/s by server-sent events',
      note: `${(head - first).toLocaleString('en')} events; over WebSocket, eleven fields selected, ${overWebSocket.toLocaleString('en')} events/s`,
    };
    return resultOf(about, { product, ceiling: null }, ({ value }) => value >= 30_000);
  },
};

async function catchUp(server: MeasuredServer, follow: Follow, first: number, head: number): Promise<Side> {
  const start = performance.now();
  let events = 0;
  await new Promise<void>((resolve, reject) => {
    // Texts are cut anywhere; the mark that is looked for is kept whole.
    let rest = '';
    const take = (text: string): void => {
      const parts = (rest + text).split('"caughtUp":');
      rest = parts.pop()!;
      events += parts.length;
      if (!rest.startsWith('true')) return;
      void follower.then((made) => made.close());
      resolve();
    };
    const follower = follow(server, String(first), take);
    follower.catch(reject);
  });
  // The mark of the last one may be counted when the next begins; what concerns keys is not told.
  if (Math.abs(events - (head - first)) > 2) throw new Error(`${events} of ${head - first} events were told.`);
  return { value: (events / (performance.now() - start)) * 1000 };
}
