import { type Answer, type Effort, parametersOf, type Query, type ReadStore, rowsOf } from '../read-store.js';
import { QueryThreads, type QueryThreadsOptions } from './query-threads.js';
import { StatementRunner } from './statement-runner.js';

/** Reads of the embedded store: short ones in this thread (a hop to another and back halves their rate), long ones in others. */
export class SqliteReadStore implements ReadStore {
  private readonly here: StatementRunner;
  private readonly threads: QueryThreads;

  constructor(options: QueryThreadsOptions) {
    this.here = new StatementRunner(options.file);
    this.threads = new QueryThreads(options);
  }

  async run(query: Query, effort: Effort): Promise<Answer> {
    const { sql } = query.statement;
    const parameters = parametersOf(query);
    const [sequence, rows] =
      effort === 'short' ? this.here.run(sql, parameters) : await this.threads.run(sql, parameters);
    return { sequence, rows: rowsOf(rows), characters: rows?.length ?? 0 };
  }

  async close(): Promise<void> {
    await this.threads.close();
    this.here.close();
  }
}
