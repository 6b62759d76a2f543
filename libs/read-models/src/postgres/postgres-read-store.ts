import { type OpenReadStore } from '../keeping/served-store.js';
import { type Answer, type Effort, type Query, rowsOf } from '../read-store.js';
import { type ProjectionGroup } from '../read-model.js';
import { indexing } from '../search/indexing.js';
import { QueryLane, unread } from './query-lane.js';
import { TextIndex } from './text-index.js';
import { valuesOf } from './values.js';

export interface PostgresReadStoreOptions {
  url: string;
  schema: string;
  group: ProjectionGroup;
  /** How long a query may take, in milliseconds. */
  timeLimitMs: number;
}

/** Connections for short reads, and for those that may run long and must hold up none of the short ones. */
const SHORT = { connections: 8, mostWaiting: 10_000 };
const LONG = { connections: 2, mostWaiting: 100 };

/** Reads of a store in a PostgreSQL database. A statement sees one moment of it, whatever is written meanwhile. */
export class PostgresReadStore implements OpenReadStore {
  private readonly lanes: Readonly<Record<'short' | 'long', QueryLane>>;
  private readonly texts: TextIndex;

  /** What is not answered yet. */
  private readonly running = new Set<Promise<unknown>>();

  constructor(private readonly options: PostgresReadStoreOptions) {
    this.texts = new TextIndex(options);
    this.lanes = { short: new QueryLane({ ...options, ...SHORT }), long: new QueryLane({ ...options, ...LONG }) };
  }

  async run(query: Query, effort: Effort): Promise<Answer> {
    if (effort === 'search') await this.bringUp();
    const run = this.lanes[effort === 'short' ? 'short' : 'long'].run(query.statement.sql, valuesOf(query));
    this.running.add(run);
    try {
      const [sequence, rows] = await run;
      return { sequence, rows: rowsOf(rows), characters: rows?.length ?? 0 };
    } finally {
      this.running.delete(run);
    }
  }

  private async bringUp(): Promise<void> {
    const run = this.texts.upToDate(this.options.timeLimitMs).catch((error: unknown) => {
      throw unread(error);
    });
    this.running.add(run);
    try {
      if (!(await run)) throw indexing();
    } finally {
      this.running.delete(run);
    }
  }

  async leave(): Promise<void> {
    await Promise.allSettled(this.running);
    await this.close();
  }

  async close(): Promise<void> {
    await Promise.all([this.lanes.short.close(), this.lanes.long.close(), this.texts.close()]);
  }
}
