import { refuse } from '#event-sourcing/refusal.js';
import { type Access } from './queries/access-sql.js';
import { type Compilation } from './queries/builder.js';
import { boundOf } from './versions.js';
import { type ReadBudget } from './read-budget.js';
import { type ReadContext, type ReadPoint } from './read-points.js';
import { type Answer, type Effort, type Statement } from './read-store.js';

export interface Read {
  /** Where to read. */
  at: ReadPoint;
  /** Tells this statement from all others; what is bound to it is no part of it. */
  shape: string;
  compile(compilation: Compilation, now: boolean): Statement;
  named?: Readonly<Record<string, unknown>>;
  /** Of the statement's own conditions. */
  values?: readonly unknown[];
  /** A cursor from above: rows are below it, as well as below the moment read at. */
  after?: number;
  effort?: Effort;
}

/**
 * Runs the reads of one answer at one sequence. As long as the store stands where the first read found it, reads see its
 * current rows; once it has moved on, they see that moment as of now.
 */
export class PinnedReads {
  private moved = false;

  constructor(
    private readonly context: ReadContext,
    private readonly access: Access,
    readonly budget: ReadBudget,
  ) {}

  /** Refuses with LIMIT_EXCEEDED when the answer has read too much. */
  async rows(read: Read): Promise<unknown[][]> {
    for (let wait = this.budget.wait(); wait; wait = this.budget.wait()) await wait;
    if (read.at.now && !this.moved) {
      const answer = await this.run(read, true);
      if (answer.sequence === read.at.sequence) return answer.rows;
      this.moved = true;
    }
    const answer = await this.run(read, false);
    // Another store has taken the place of the one that was read first, and has not got as far.
    if (answer.sequence < read.at.sequence) refuse('UNAVAILABLE', 'The read models have been exchanged; ask again.');
    return answer.rows;
  }

  private async run(read: Read, now: boolean): Promise<Answer> {
    const { store, statements, compilation } = this.context;
    const { at, after = Infinity, named, values = [], effort = 'short' } = read;
    const bound = boundOf(at.sequence);
    const shape = `${read.shape} ${now} ${effort} ${this.access.signature}`;
    const answer = await store.run(
      {
        statement: statements.get(shape, () => read.compile({ ...compilation, effort }, now)),
        named: this.access.withNamed({
          ...named,
          bound,
          sequence: at.sequence,
          below: now ? after : Math.min(after, bound),
        }),
        values,
      },
      effort,
    );
    this.budget.spend(answer.characters);
    return answer;
  }
}
