import { type Benchmark } from '../benchmark.js';
import { history } from '../history/history.js';
import { type MeasuredServer } from '../measured-server.js';
import { inTurns, median, resultOf, type Side } from '../rounds.js';
import { bySse, byWebSocket, type Follow } from './follower.js';

/** One follower reads the whole of a long history, each way. */
export const followCatchup: Benchmark = {
  name: 'follow.catchup',
  run: async (bench) => {
    const { folder, head } = await history(bench);
    const server = await bench.servers.over(folder);
    for (const follow of [bySse, byWebSocket]) await catchUp(server, follow, head);
    const { product, ceiling: beside } = await inTurns(
      () => catchUp(server, bySse, head),
      () => catchUp(server, byWebSocket, head),
    );
    const overWebSocket = Math.round(median(beside.map(({ value }) => value)));
    const about = {
      name: 'follow.catchup',
      unit: 'events/s',
      target: '>= 30,000 events/s by server-sent events',
      note: `${head.toLocaleString('en')} events; over WebSocket, eleven fields selected, ${overWebSocket.toLocaleString('en')} events/s`,
    };
    return resultOf(about, { product, ceiling: null }, ({ value }) => value >= 30_000);
  },
};

async function catchUp(server: MeasuredServer, follow: Follow, head: number): Promise<Side> {
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
    const follower = follow(server, '0', take);
    follower.catch(reject);
  });
  // The mark of the last one may be counted when the next begins; what concerns keys is not told.
  if (Math.abs(events - head) > 2) throw new Error(`${events} of ${head} events were told.`);
  return { value: (events / (performance.now() - start)) * 1000 };
}
