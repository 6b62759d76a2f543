import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type OwnerLock } from './owner-lock.js';
import { asText, CHANNEL, type Published } from './published.js';
import { isLost } from './store-error.js';

/** How often the writing server says that it is there, in milliseconds: a quarter of what the others wait for. */
export const ALIVE_MS = 750;

/** Tells the other servers what the read models of this one, which writes them, have come to. */
export class Publisher {
  private isEnded = false;
  private changed = new AbortController();
  private readonly running: Promise<void>;

  constructor(
    private readonly lock: OwnerLock,
    private readonly latest: () => Pick<Published, 'log' | 'served' | 'status'>,
  ) {
    this.running = this.run();
  }

  /** Something may have changed. */
  tell(): void {
    this.changed.abort();
  }

  async end(): Promise<void> {
    this.isEnded = true;
    this.tell();
    await this.running;
  }

  private async run(): Promise<void> {
    const by = randomUUID();
    let [stored, nth] = [-ALIVE_MS, 0];
    let servedThen: string | null = null;
    while (!this.isEnded) {
      this.changed = new AbortController();
      const latest = this.latest();
      const text = asText({ ...latest, by, nth: nth++ });
      // What is served is stored at once: whoever takes over goes on telling it, and this server may end before it is due.
      const isDue = performance.now() - stored >= ALIVE_MS || latest.served !== servedThen;
      if (isDue) [stored, servedThen] = [performance.now(), latest.served];
      await this.publish(text, isDue);
      const { signal } = this.changed;
      await delay(ALIVE_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** A connection that is lost is made again by the lock; until then nobody is told, and another may take over. */
  private async publish(text: string, isDue: boolean): Promise<void> {
    const { client } = this.lock;
    try {
      if (isDue)
        await client?.query('UPDATE caseledger.stores SET published = $1, alive_at = clock_timestamp()', [text]);
      await client?.query('SELECT pg_notify($1, $2)', [CHANNEL, text]);
    } catch (error) {
      // The next time; on a connection that nothing comes back from not even then: the lock makes another.
      if (isLost(error)) await client?.end().catch(() => undefined);
    }
  }
}
