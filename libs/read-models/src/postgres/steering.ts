import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { Refusal, refuse } from '#event-sourcing/refusal.js';
import { connect } from './connection.js';
import { LOST_MS } from './owner-lock.js';
import { asText, type Published } from './published.js';
import { unread } from './query-lane.js';
import { isLost } from './store-error.js';

/** What an administrator can have done with the read models, by the names that they have it under. */
export type Action = 'pause' | 'resume' | 'retry' | 'switchOver' | 'rollBack';
type Told = Pick<Published, 'served' | 'status'>;

/** How often it is looked for what is asked, and for the answer, in milliseconds. */
const LOOK_MS = 250;
/** How long an answer is waited for, in milliseconds. */
const PATIENCE = 10_000;
const LOST =
  'The database was lost before the server that writes these read models had answered, which may still do it: look at `projections` before you ask again.';
/** Of PostgreSQL: there is no such table. No server that writes has ever made it. */
const NO_TABLE = '42P01';

/** Not by a step of the migrations: older software goes on with a database that has it. */
const TABLE = `CREATE TABLE IF NOT EXISTS caseledger.steering (id uuid PRIMARY KEY, action text NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(), answer text)`;

/**
 * Has the server that writes the read models do something with them, and answers what they have come to by it. Refuses as that
 * server does, and with UNAVAILABLE: where the database cannot be reached; where none answers in time, and what none has begun by
 * then is not done any more; with `outcomeUnknown` where the connection is lost meanwhile, and it may still be done.
 */
export async function askWriter(url: string, action: Action, patienceMs = PATIENCE): Promise<Told> {
  const client = await connect(url).catch((error: unknown) => {
    throw unread(error);
  });
  const id = randomUUID();
  try {
    await client.query('INSERT INTO caseledger.steering (id, action) VALUES ($1, $2)', [id, action]);
    for (const end = performance.now() + patienceMs; performance.now() < end; await delay(LOOK_MS)) {
      const { rows } = await client.query<{ answer: string | null }>(
        'DELETE FROM caseledger.steering WHERE id = $1 AND answer IS NOT NULL RETURNING answer',
        [id],
      );
      if (rows[0]) return told(rows[0].answer!);
    }
    // It may have been answered since it was last looked for.
    const { rows } = await client.query<{ answer: string | null }>(
      'DELETE FROM caseledger.steering WHERE id = $1 RETURNING answer',
      [id],
    );
    if (rows[0]?.answer) return told(rows[0].answer);
  } catch (error) {
    if (isLost(error)) throw new Refusal('UNAVAILABLE', LOST, { outcomeUnknown: true });
    if (!(error instanceof pg.DatabaseError) || error.code !== NO_TABLE) throw unread(error);
  } finally {
    await client.end().catch(() => undefined);
  }
  refuse('UNAVAILABLE', 'No server that writes these read models has answered; ask again when one is there.');
}

type Answer = { told: Told } | { refused: Pick<Refusal, 'code' | 'message' | 'details'> };

function told(answer: string): Told {
  const given = JSON.parse(answer) as Answer;
  if ('told' in given) return given.told;
  const { code, message, details } = given.refused;
  throw new Refusal(code, message, details);
}

/** Does what other servers ask the one that writes to do, one after the other as far as each is done in time. */
export class Steering {
  private readonly ended = new AbortController();
  private readonly running: Promise<void>;

  constructor(
    private readonly url: string,
    private readonly carryOut: (action: Action) => Promise<Told>,
    private readonly patienceMs = PATIENCE,
  ) {
    this.running = this.run();
  }

  async end(): Promise<void> {
    this.ended.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.ended;
    while (!signal.aborted) {
      await this.serve().catch(() => undefined);
      // Who asks while the database is away waits, or is refused.
      await delay(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** On a connection of its own: that of the lock has its own work. Until the end, or until the connection is lost. */
  private async serve(): Promise<void> {
    const { signal } = this.ended;
    const client = await connect(this.url, undefined, LOST_MS);
    try {
      await client.query(TABLE);
      while (!signal.aborted) {
        await this.look(client);
        await delay(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
      }
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** One after the other, and each looked for anew: who asked for it may have given it up while the one before was done. */
  private async look(client: pg.Client): Promise<void> {
    for (;;) {
      await client.query(this.late);
      const { rows } = await client.query<{ id: string; action: Action }>(
        'SELECT id, action FROM caseledger.steering WHERE answer IS NULL ORDER BY asked_at LIMIT 1',
      );
      if (!rows[0]) return;
      const { id, action } = rows[0];
      // What takes longer goes on, and nobody waits for it: neither who asked, nor what is asked next, nor the end.
      const answer = await Promise.race([this.answer(action), this.patience()]);
      if (answer) await client.query('UPDATE caseledger.steering SET answer = $2 WHERE id = $1', [id, answer]);
      else if (this.ended.signal.aborted) return;
      else await client.query('DELETE FROM caseledger.steering WHERE id = $1', [id]);
    }
  }

  /** What was asked too long ago nobody waits for any more; an answer lies there for longer only where who asked was cut off. */
  private get late(): string {
    return `DELETE FROM caseledger.steering
      WHERE asked_at < clock_timestamp() - interval '${this.patienceMs} ms' * CASE WHEN answer IS NULL THEN 1 ELSE 2 END`;
  }

  /** Resolves when who asked waits no more, or at the end. */
  private patience(): Promise<undefined> {
    return delay(this.patienceMs, undefined, { signal: this.ended.signal, ref: false }).catch(() => undefined);
  }

  private async answer(action: Action): Promise<string> {
    try {
      const { served, status } = JSON.parse(asText({ by: '', nth: 0, ...(await this.carryOut(action)) })) as Published;
      return JSON.stringify({ told: { served, status } } satisfies Answer);
    } catch (error) {
      const { code, message, details } =
        error instanceof Refusal ? error : new Refusal('UNAVAILABLE', `It could not be done: ${String(error)}.`);
      return JSON.stringify({ refused: { code, message, details } } satisfies Answer);
    }
  }
}
