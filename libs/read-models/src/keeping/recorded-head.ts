import { setTimeout as delay } from 'node:timers/promises';
import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { ReadStoreCannotOpen } from '../read-models.js';
import { logStands, type LogStands, type StoreEnd } from './store-end.js';
import { type StoreName } from './store-place.js';

/** How often, and after how many milliseconds each, it is looked whether another process removes a store. */
const TRIES = 10;
const LOOK_MS = 200;

export interface OlderLogOptions {
  /** The read stores that know more are removed, to be built anew; else they are a reason not to start. */
  accept: boolean;
  /** Whether this process is one that builds read stores, and so may remove them. */
  builds: boolean;
  /** Told what is given up. */
  warn: (message: string) => void;
}

/** What is asked of the stores of a place to find out what they have seen. */
export interface SeenStores {
  find(): Promise<StoreName[]>;
  /** Null where it cannot be read: others say that better. */
  end(store: string): Promise<StoreEnd | null>;
  /** Removes one, if no other process writes the stores; tells whether it did. */
  removeSeen(store: string): Promise<boolean>;
}

/**
 * Refuses a log that is older than its read stores have seen: a backup was restored by hand, or its end was cut off. The
 * recorded head is the furthest checkpoint of a read store of this very log. Stores of a log that has moved since to another
 * engine or server are removed: they name its events by places that are no more. Rejects with `ReadStoreCannotOpen`.
 */
export async function checkRecordedHead(
  stores: SeenStores,
  log: EventLogReader,
  { accept, builds, warn }: OlderLogOptions,
): Promise<void> {
  for (const { store } of await stores.find()) {
    const stands = await standing(stores, store, log);
    if (stands === null || stands === 'there') continue;
    if (stands === 'moved') {
      if (!builds) continue;
      if (!(await stores.removeSeen(store))) {
        // Another that was started with this one may be at it.
        if (await isGone(stores, store, log)) continue;
        throw new ReadStoreCannotOpen(
          `The log was moved since ${store} was built from it, and another server writes ${store} still: end that one, then start this one again.`,
        );
      }
      warn(`The log was moved since ${store} was built from it. ${store} was removed and is built anew.`);
      continue;
    }
    const { knowsMore: why } = stands;
    if (!accept) {
      throw new ReadStoreCannotOpen(
        `The log is older than what was recorded: ${why}. Put the newer log back; or, if what came after is to be given up ` +
          '(a backup was restored), start once with --accept-older-log: the read models are then built anew.',
      );
    }
    if (!(await stores.removeSeen(store))) {
      throw new ReadStoreCannotOpen(
        `The log is older than what was recorded (${why}), and another server writes ${store}: end that one, then start this one again.`,
      );
    }
    warn(`An older log is accepted, as --accept-older-log says: ${why}. ${store} was removed and is built anew.`);
  }
}

async function isGone(stores: SeenStores, store: string, log: EventLogReader): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) {
    if ((await standing(stores, store, log)) !== 'moved') return true;
    await delay(LOOK_MS);
  }
  return false;
}

/** Null where the store is not there, empty or another log's, or the log cannot be read: that it says by itself. */
async function standing(stores: SeenStores, store: string, log: EventLogReader): Promise<LogStands | null> {
  const end = await stores.end(store);
  return end && logStands(store, end, log).catch(() => null);
}
