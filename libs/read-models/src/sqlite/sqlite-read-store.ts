import { type OpenReadStore } from '../keeping/served-store.js';
import { type Answer, type Effort, parametersOf, type Query, rowsOf } from '../read-store.js';
import { QueryThreads, type QueryThreadsOptions } from './query-threads.js';
import { StatementRunner } from './statement-runner.js';

/** Reads of the embedded store: short ones in this thread (a hop to another and back halves their rate), long ones in others. */
export class SqliteReadStore implements OpenReadStore {
  private readonly here: StatementRunner;
  private readonly threads: QueryThreads;
  /** Long queries that are not answered yet. */
  private readonly running = new Set<Promise<unknown>>();

  constructor(options: QueryThreadsOptions) {
    this.here = new StatementRunner(options.file);
    this.threads = new QueryThreads(options);
  }

  async run(query: Query, effort: Effort): Promise<Answer> {
    const { sql } = query.statement;
    const parameters = parametersOf(query);
    const [sequence, rows] =
      effort === 'short' ? this.here.run(sql, parameters) : await this.long(sql, parameters, effort === 'search');
    return { sequence, rows: rowsOf(rows), characters: rows?.length ?? 0 };
  }

  private async long(sql: string, parameters: unknown[], isSearch: boolean): ReturnType<QueryThreads['run']> {
    const run = this.threads.run(sql, parameters, isSearch);
    this.running.add(run);
    try {
      return await run;
    } finally {
      this.running.delete(run);
    }
  }

  /** Closes it when what runs and waits has been answered; nothing more is asked of it. */
  async leave(): Promise<void> {
    await Promise.allSettled(this.running);
    await this.close();
  }

  async close(): Promise<void> {
    await this.threads.close();
    this.here.close();
  }
}
