import pg from 'pg';
import { Refusal } from '#event-sourcing/refusal.js';
import { closing, overloaded, tooLong } from '../query-refusals.js';
import { EndingClient, prelude, settings } from './connection.js';
import { isCancelled, isLost, isRemoved } from './store-error.js';

export interface QueryLaneOptions {
  url: string;
  schema: string;
  /** How many statements run at once, each on a connection of its own. */
  connections: number;
  /** How long one may run, and how long it may wait before, in milliseconds: the server ends it. */
  timeLimitMs: number;
  /** How many may wait for a connection. */
  mostWaiting: number;
}

/** How much longer than the limit a server may take to end a statement; then its connection is given up. */
const GRACE = 1_000;
/** Statements that keep their names, under which connections know them prepared. */
const MOST_NAMES = 500;
/** Then another takes a connection's place, without what was prepared in it. */
const MOST_USES = 20_000;

interface Waiting {
  begin(): void;
  refuse(error: Error): void;
}

/** Connections for statements of one kind, which only read. */
export class QueryLane {
  private readonly pool: pg.Pool;
  private readonly waiting = new Set<Waiting>();
  private readonly names = new Map<string, string>();
  private named = 0;
  private running = 0;
  private closed = false;

  constructor(private readonly options: QueryLaneOptions) {
    const { url, schema, connections, timeLimitMs } = options;
    this.pool = new pg.Pool({
      ...settings(url),
      Client: EndingClient,
      max: connections,
      maxUses: MOST_USES,
      query_timeout: timeLimitMs + GRACE,
      connectionTimeoutMillis: timeLimitMs + GRACE,
      onConnect: (client) =>
        client.query(
          `${prelude(schema)}; SET default_transaction_read_only TO on; SET statement_timeout TO ${timeLimitMs}`,
        ) as never,
    });
    // A connection that is lost while nobody uses it: the next one makes another.
    this.pool.on('error', () => undefined);
    // While somebody does, the query is told; an error that nobody hears would end the process.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /**
   * A statement's one row. Refuses with LIMIT_EXCEEDED at the time limit, with OVERLOADED when too many wait or one waits too
   * long, and with UNAVAILABLE while the server cannot be reached.
   */
  async run(sql: string, values: unknown[]): Promise<[sequence: number, rows: string | null]> {
    await this.turn();
    try {
      return await this.query(sql, values);
    } finally {
      // Whoever waits longest takes its place.
      const [next] = this.waiting;
      if (next) next.begin();
      else this.running--;
    }
  }

  /** Refuses what waits; resolves when what runs has been answered. */
  async close(): Promise<void> {
    this.closed = true;
    for (const one of this.waiting) one.refuse(closing());
    await this.pool.end();
  }

  private async query(sql: string, values: unknown[]): Promise<[number, string | null]> {
    let client: pg.PoolClient | undefined;
    try {
      client = await this.pool.connect();
      const { rows } = await client.query<[number, string | null]>({
        ...{ name: this.nameOf(sql), text: sql, values },
        rowMode: 'array',
      });
      client.release();
      return rows[0];
    } catch (error) {
      client?.release(isLost(error));
      throw this.refusalOf(error);
    }
  }

  private refusalOf(error: unknown): unknown {
    const { timeLimitMs } = this.options;
    const isTooLate = error instanceof Error && error.message === 'Query read timeout';
    if (isCancelled(error) || isTooLate) return tooLong(timeLimitMs);
    if (this.closed) return closing();
    return unread(error);
  }

  private nameOf(sql: string): string {
    const name = this.names.get(sql) ?? `s${this.named++}`;
    this.names.delete(sql);
    if (this.names.size >= MOST_NAMES) this.names.delete(this.names.keys().next().value!);
    this.names.set(sql, name);
    return name;
  }

  /** Takes a place among those that run, at once or when one is left. */
  private turn(): Promise<void> | undefined {
    const { connections, mostWaiting, timeLimitMs } = this.options;
    if (this.closed) throw closing();
    if (this.running < connections) return void this.running++;
    if (this.waiting.size >= mostWaiting) throw overloaded(`${this.waiting.size} queries wait already`);
    return new Promise((resolve, reject) => {
      const left = (how: () => void) => (): void => {
        clearTimeout(timer);
        this.waiting.delete(one);
        how();
      };
      const one: Waiting = { begin: left(resolve), refuse: (error) => left(() => reject(error))() };
      const timer = setTimeout(() => {
        one.refuse(overloaded(`The query waited longer than ${timeLimitMs / 1000} s behind other ones`));
      }, timeLimitMs);
      this.waiting.add(one);
    });
  }
}

/** Nothing can be read just now. */
export const unreachable = (): Refusal =>
  new Refusal(
    'UNAVAILABLE',
    'The read store cannot be reached at the moment; what is recorded meanwhile is durable. Ask again later.',
  );

/** What whoever reads is told of an error of the database. */
export function unread(error: unknown): unknown {
  if (isRemoved(error))
    return new Refusal(
      'UNAVAILABLE',
      'The read store was removed from its database; what is recorded is durable. Whoever runs the service must start it again.',
    );
  return isLost(error) ? unreachable() : error;
}
