import { type ExecutionResult, type GraphQLError } from 'graphql';
import { apiError } from '../errors.js';

/** Queries of one principal that run at once. */
export const MOST_AT_ONCE = 8;
/** How many more may wait for one of them to end. */
export const MOST_WAITING = 100;

interface Load {
  running: number;
  waiting: (() => void)[];
}

type Result = Promise<ExecutionResult> | ExecutionResult;

/** Keeps one principal from taking the service from all others: by its verified id, whatever address or key it comes from. */
export class PrincipalLoad {
  private readonly loads = new Map<string, Load>();
  private counts = new Map<string, number>();
  private second = 0;

  /** `mostPerSecond` operations of one principal; 0: as many as it likes. */
  constructor(
    private readonly mostPerSecond: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Counts an operation; `RATE_LIMITED` if there were too many in this second. */
  count(principalId: string): GraphQLError | undefined {
    if (this.mostPerSecond === 0) return undefined;
    const now = this.now();
    const second = Math.floor(now / 1000);
    if (second !== this.second) [this.second, this.counts] = [second, new Map<string, number>()];
    const count = (this.counts.get(principalId) ?? 0) + 1;
    this.counts.set(principalId, count);
    if (count <= this.mostPerSecond) return undefined;
    const retryAfterMs = 1000 - (now % 1000);
    return apiError(
      'RATE_LIMITED',
      `A principal may send ${this.mostPerSecond} operations in a second; go on in ${retryAfterMs} ms.`,
      { allowed: this.mostPerSecond, retryAfterMs },
    );
  }

  /** `OVERLOADED` where a principal's queries take all places and too many wait for one. */
  overloaded(principalId: string): GraphQLError | undefined {
    const load = this.loads.get(principalId);
    if (!load || load.running < MOST_AT_ONCE || load.waiting.length < MOST_WAITING) return undefined;
    const message = `${MOST_AT_ONCE} of your queries run and ${MOST_WAITING} wait already; send fewer at once.`;
    return apiError('OVERLOADED', message, { allowed: MOST_AT_ONCE + MOST_WAITING });
  }

  /** Takes a place: at once, or when what is returned resolves. */
  enter(principalId: string): Promise<void> | undefined {
    const load = this.loads.get(principalId) ?? { running: 0, waiting: [] };
    this.loads.set(principalId, load);
    if (load.running >= MOST_AT_ONCE) return new Promise((resolve) => load.waiting.push(resolve));
    load.running++;
    return undefined;
  }

  /** Gives a place to whoever waits for it. */
  leave(principalId: string): void {
    const load = this.loads.get(principalId);
    if (!load) return;
    const next = load.waiting.shift();
    if (next) next();
    else if (--load.running === 0) this.loads.delete(principalId);
  }
}

/** One query's place among those of its principal that run at once. */
export class Place {
  private held = false;
  private ended = false;

  constructor(
    private readonly load: PrincipalLoad,
    private readonly principalId: string,
  ) {}

  /** Runs the query at once, or when there is a place for it. Answers `OVERLOADED` where too many wait for one already. */
  run(query: () => Result): Result {
    const refused = this.load.overloaded(this.principalId);
    if (refused) return { errors: [refused] };
    const entered = this.load.enter(this.principalId);
    return entered ? entered.then(() => this.start(query)) : this.start(query);
  }

  /** Lets others have the place until `takeAgain`. */
  giveUp(): void {
    if (!this.held) return;
    this.held = false;
    this.load.leave(this.principalId);
  }

  async takeAgain(): Promise<void> {
    if (this.ended || this.held) return;
    await this.load.enter(this.principalId);
    this.held = true;
    // Another part of the query may have failed it as a whole.
    if (this.ended) this.giveUp();
  }

  private start(query: () => Result): Result {
    this.held = true;
    let result: Result;
    try {
      result = query();
    } catch (error) {
      this.end();
      throw error;
    }
    if (result instanceof Promise) return result.finally(() => this.end());
    this.end();
    return result;
  }

  private end(): void {
    this.ended = true;
    this.giveUp();
  }
}
