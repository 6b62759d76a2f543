import { setTimeout as delay } from 'node:timers/promises';
import { type Client } from 'pg';
import { connect } from './connection.js';

/** "CRDM": tells our locks from those of others in the same database. */
const CLASS = 0x4352444d;
const OWNER = 1;
/** A database that does not answer for so long is not at the other end any more, in milliseconds. */
export const LOST_MS = 5_000;
/** Of `caseledger.stores`: whether the process that holds the lock has said nothing for 3 s. It has ended or stands still. */
export const SILENT = `clock_timestamp() - alive_at > interval '3 s'`;
/** How long to wait before a lost connection is made anew, in milliseconds. */
const AGAIN = 250;
/** How often it is looked, each fifth of that time, whether a session that was ended has gone. */
const TRIES = 20;

/** Sessions that hold the lock in this database. */
const HOLDERS = `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = ${CLASS} AND objid = ${OWNER} AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> pg_backend_pid()`;

/**
 * The right to write the stores of a database, held by one process: a session's advisory lock, which the server frees when
 * the session ends, however it does.
 */
export class OwnerLock {
  private lost: () => void = () => undefined;
  private isLost = false;
  private isHeld = true;

  private constructor(
    private readonly url: string,
    /** The session that holds it; undefined while its connection is lost. */
    public client: Client | undefined,
  ) {
    this.watch();
  }

  /** Undefined if another process holds it. */
  static async tryTake(url: string): Promise<OwnerLock | undefined> {
    const client = await take(url);
    return client && new OwnerLock(url, client);
  }

  /** The same on a connection that is there: its own from then on. */
  static async tryOn(url: string, client: Client): Promise<OwnerLock | undefined> {
    return (await isTaken(client)) ? new OwnerLock(url, client) : undefined;
  }

  /** The same, and where the process that holds it has ended, though its session has not; undefined where that is alive. */
  static async takeUnlessAlive(url: string): Promise<OwnerLock | undefined> {
    let lock = await OwnerLock.tryTake(url);
    if (lock) return lock;
    const client = await connect(url, undefined, LOST_MS);
    try {
      // A session that is ended takes a moment to go; where there was none to end, it may have gone by itself.
      const looks = (await OwnerLock.endSilentHolder(client)) ? TRIES : 1;
      for (let tries = 0; !lock && tries < looks; tries++) {
        await delay(AGAIN / 5);
        lock = await OwnerLock.tryTake(url);
      }
      return lock;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /**
   * Ends the session that holds it, if its process is silent, and whatever else that is at: what it has begun to write would
   * stand in the way. Tells whether there was one: by the time that it is ended, another may have taken over.
   */
  static async endSilentHolder(client: Client): Promise<boolean> {
    const { rows } = await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
         AND application_name IN (SELECT application_name FROM pg_stat_activity WHERE pid IN (${HOLDERS}))
         AND (SELECT ${SILENT} FROM caseledger.stores)`,
    );
    return rows.length > 0;
  }

  /** Told once if another process has taken it while the connection was lost, also before this was called. */
  onLost(listener: () => void): void {
    this.lost = listener;
    if (this.isLost) listener();
  }

  async release(): Promise<void> {
    this.isHeld = false;
    const { client } = this;
    this.client = undefined;
    await client?.end();
  }

  private watch(): void {
    const { processID } = this.client as unknown as { processID: number };
    this.client!.once('end', () => void this.again(processID));
  }

  /** The connection was lost, and the lock with it: it is taken again if nobody else has. */
  private async again(before: number): Promise<void> {
    this.client = undefined;
    while (this.isHeld) {
      try {
        const client = await take(this.url, before);
        if (!client) {
          this.isLost = true;
          return this.lost();
        }
        if (!this.isHeld) return void (await client.end());
        this.client = client;
        return this.watch();
      } catch {
        await delay(AGAIN, undefined, { ref: false });
      }
    }
  }
}

/** @param before a session of this process that may hold it still, as the server has not heard that it has ended */
async function take(url: string, before?: number): Promise<Client | undefined> {
  const client = await connect(url, undefined, LOST_MS);
  try {
    if (await isTaken(client)) return client;
    if (before !== undefined && (await endOwn(client, before))) {
      for (let tries = 0; tries < TRIES; tries++) {
        await delay(AGAIN / 5);
        if (await isTaken(client)) return client;
      }
    }
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  await client.end();
  return undefined;
}

/** True if that session held the lock, under our name: it is ended. */
async function endOwn(client: Client, session: number): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND pid IN (${HOLDERS})
       AND application_name = current_setting('application_name')`,
    [session],
  );
  return rows.length > 0;
}

async function isTaken(client: Client): Promise<boolean> {
  // Whoever takes it is not silent, or others would end its session.
  const { rows } = await client.query<{ taken: boolean }>(
    `WITH l AS MATERIALIZED (SELECT pg_try_advisory_lock(${CLASS}, ${OWNER}) AS taken),
       alive AS (UPDATE caseledger.stores SET alive_at = clock_timestamp() FROM l WHERE l.taken) SELECT taken FROM l`,
  );
  return rows[0].taken;
}
