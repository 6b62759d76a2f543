import { setTimeout as delay } from 'node:timers/promises';
import { type Client } from 'pg';
import { connect } from './connection.js';
import { LOST_MS, OwnerLock, SILENT } from './owner-lock.js';
import { CHANNEL, type Published } from './published.js';
import { storeSentence } from './store-error.js';

/** How often it is looked whether the writing server is there still, in milliseconds. */
const LOOK_MS = 400;

export interface Watching {
  url: string;
  /** Whether this server is one that takes over, at this moment. */
  takes(): boolean;
  /** Told why the database cannot be reached, in a sentence; null when it can. */
  reached(why: string | null): void;
  /** What the writing server tells. */
  published(told: Published): void;
  /** Nobody else writes any more: this server holds the right to from now on. Nothing is watched after it. */
  taken(lock: OwnerLock): void;
}

/** Watches the server that writes the stores of a database, and takes over from it, if it is to, when that ends or stands still. */
export class Watcher {
  private readonly ended = new AbortController();
  private readonly running: Promise<void>;

  constructor(private readonly watching: Watching) {
    this.running = this.run();
  }

  /** Resolves when it has let go of its connection. */
  async end(): Promise<void> {
    this.ended.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.ended;
    while (!signal.aborted) {
      try {
        const lock = await this.watch();
        if (lock && signal.aborted) return await lock.release();
        if (lock) return this.watching.taken(lock);
      } catch {
        // The database cannot be reached: it is tried again.
      }
      await delay(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async watch(): Promise<OwnerLock | undefined> {
    const { url } = this.watching;
    const { signal } = this.ended;
    // Not when a session is lost: another may be had at once.
    const client = await connect(url, undefined, LOST_MS).catch((error: unknown) => {
      this.watching.reached(storeSentence(url, error));
      throw error;
    });
    this.watching.reached(null);
    let lock: OwnerLock | undefined;
    try {
      client.on('notification', ({ payload }) => this.take(payload));
      await client.query(`LISTEN ${CHANNEL}`);
      while (!signal.aborted) {
        if (this.watching.takes()) lock = await OwnerLock.tryOn(url, client);
        if (lock) return lock;
        await this.look(client);
        await delay(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
      }
      return undefined;
    } finally {
      client.removeAllListeners('notification');
      if (!lock) await client.end().catch(() => undefined);
    }
  }

  /** Ends the sessions of one that has been silent for too long. */
  private async look(client: Client): Promise<void> {
    const { rows } = await client.query<{ published: string | null; silent: boolean }>(
      `SELECT published, ${SILENT} AS silent FROM caseledger.stores`,
    );
    const [{ published, silent }] = rows;
    this.take(published ?? undefined);
    if (silent && this.watching.takes()) await OwnerLock.endSilentHolder(client);
  }

  private take(text: string | undefined): void {
    const told = text === undefined ? undefined : publishedIn(text);
    if (told) this.watching.published(told);
  }
}

/** Anybody who may connect can notify the channel: what is none of ours is passed over, and the next look tells how it stands. */
function publishedIn(text: string): Published | undefined {
  try {
    const told = JSON.parse(text) as Partial<Published> | null;
    return told?.by !== undefined && told.status ? (told as Published) : undefined;
  } catch {
    return undefined;
  }
}
