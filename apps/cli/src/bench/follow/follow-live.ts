import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Benchmark, ROUNDS } from '../benchmark.js';
import { openCases } from '../note-load.js';
import { latencies, resultOf, type Side } from '../rounds.js';
import { followers } from './follower.js';

const FOLLOWERS = 1_000;
/** Milliseconds between two events. */
const APART = 100;
/** How long the last event may take to reach everybody, in milliseconds. */
const LONGEST_WAIT = 60_000;
const MUTATION = 'mutation ($input: AddNoteInput!) { addNote(input: $input) { events { id } } }';

/** From the sending of a command until each of 1,000 followers, half of them each way, has been told its event. */
export const followLive: Benchmark = {
  name: 'follow.live',
  run: async ({ preset, folder, servers }) => {
    const server = await servers.over(await folder('follow-live'));
    const [caseId] = await openCases(server, 1);
    const samples: number[] = [];
    const sent: number[] = [];
    const all = await followers(server, FOLLOWERS, (text) => {
      const now = performance.now();
      for (const [, n] of text.matchAll(/"text":"note ([0-9]+)"/g)) samples.push(now - sent[Number(n)]);
    });
    const round = async (): Promise<Side> => {
      samples.length = 0;
      const events = Math.ceil((preset.seconds * 1000) / APART) * 2;
      for (let n = 0; n < events; n++) {
        const input = { commandId: randomUUID(), caseId, text: { text: `note ${sent.length}` } };
        sent.push(performance.now());
        await server.client.request(MUTATION, { input });
        await pause(APART);
      }
      const deadline = performance.now() + LONGEST_WAIT;
      while (samples.length < events * FOLLOWERS) {
        if (performance.now() > deadline)
          throw new Error(`${samples.length} of ${events * FOLLOWERS} times a follower was told of an event.`);
        await pause(10);
      }
      const { p50, p99 } = latencies(samples);
      return { value: p99, p50, p99 };
    };
    try {
      await round();
      const product: Side[] = [];
      for (let n = 0; n < ROUNDS; n++) product.push(await round());
      const about = { name: 'follow.live', unit: 'ms', target: 'p99 < 100 ms with 1,000 followers' };
      return resultOf(about, { product, ceiling: null }, ({ value }) => value < 100);
    } finally {
      for (const follower of all) follower.close();
      await server.stop();
    }
  },
};
