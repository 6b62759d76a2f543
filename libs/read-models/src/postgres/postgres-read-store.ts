import { type OpenReadStore } from '../keeping/served-store.js';
import { type Answer, type Effort, type Query, rowsOf } from '../read-store.js';
import { QueryLane } from './query-lane.js';
import { valuesOf } from './values.js';

export interface PostgresReadStoreOptions {
  url: string;
  schema: string;
  /** How long a query may take, in milliseconds. */
  timeLimitMs: number;
}

/** Connections for short reads, and for those that may run long and must hold up none of the short ones. */
const SHORT = { connections: 8, mostWaiting: 10_000 };
const LONG = { connections: 2, mostWaiting: 100 };

/** Reads of a store in a PostgreSQL database. A statement sees one moment of it, whatever is written meanwhile. */
export class PostgresReadStore implements OpenReadStore {
  private readonly lanes: Readonly<Record<Effort, QueryLane>>;

  /** What is not answered yet. */
  private readonly running = new Set<Promise<unknown>>();

  constructor(options: PostgresReadStoreOptions) {
    this.lanes = { short: new QueryLane({ ...options, ...SHORT }), long: new QueryLane({ ...options, ...LONG }) };
  }

  async run(query: Query, effort: Effort): Promise<Answer> {
    const run = this.lanes[effort].run(query.statement.sql, valuesOf(query));
    this.running.add(run);
    try {
      const [sequence, rows] = await run;
      return { sequence, rows: rowsOf(rows), characters: rows?.length ?? 0 };
    } finally {
      this.running.delete(run);
    }
  }

  async leave(): Promise<void> {
    await Promise.allSettled(this.running);
    await this.close();
  }

  async close(): Promise<void> {
    await Promise.all([this.lanes.short.close(), this.lanes.long.close()]);
  }
}
