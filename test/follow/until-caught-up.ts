import { type Followed, type Following } from './followed.js';

/** All that is told until it has caught up. */
export async function untilCaughtUp({ told }: Following): Promise<Followed[]> {
  const all: Followed[] = [];
  for await (const one of told) {
    all.push(one);
    if (one.caughtUp) return all;
  }
  throw new Error('It ended before it had caught up.');
}

/** The events among what was told. */
export const eventsOf = (told: Followed[]) => told.flatMap(({ event }) => event ?? []);
