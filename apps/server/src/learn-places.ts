import { setTimeout as delay } from 'node:timers/promises';
import { type PlaceOf } from '#access/followed-stream.js';
import { EVERYTHING } from '#read-models/access-filter.js';
import { type ReadModels } from '#read-models/read-models.js';

/** How long what the read models do not know yet is waited for, in milliseconds, before they are asked again. */
const AGAIN = 1_000;

/**
 * Some logs do not tell where an event of a stream stands among all others; the read models do, once they have come to it. Asks
 * them in the background until each of these has found all it has to; `close` gives up.
 */
export function learnPlaces(
  streams: readonly { place: (placeOf: PlaceOf) => Promise<boolean> }[],
  readModels: Pick<ReadModels, 'session'>,
): { close: () => Promise<void> } {
  const giveUp = new AbortController();
  const { signal } = giveUp;
  const placeOf: PlaceOf = async (id) => {
    signal.throwIfAborted();
    return (await readModels.session(EVERYTHING).event(id))?.envelope.sequence ?? null;
  };
  const learn = async (stream: (typeof streams)[number]): Promise<void> => {
    while (!signal.aborted) {
      // They may be away, or being built.
      if (await stream.place(placeOf).catch(() => false)) return;
      await delay(AGAIN, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  const learning = Promise.all(streams.map(learn));
  return {
    close: async () => {
      giveUp.abort();
      await learning;
    },
  };
}
