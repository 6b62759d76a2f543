import { LogUnavailable } from '../errors.js';

/** What was taken so soon after another has waited as long as that one, in milliseconds. */
const TOGETHER_MS = 1_000;

/** What is sent to each stream, one after another. */
export class StreamTurns {
  private readonly last = new Map<string, Promise<unknown>>();

  constructor(
    /** How long each may take, in milliseconds. */
    private readonly patienceMs: number,
    private readonly ending: AbortSignal,
  ) {}

  /**
   * Begins when all before it are over, and is told until when it may take. Its time counts from when its turn comes; behind one
   * that was given up, from when it was taken: that waited for the same server. At the end nothing is begun there any more.
   */
  async take<T>(stream: string, action: (until: number) => Promise<T>): Promise<T> {
    const before = this.last.get(stream);
    const fresh = (): number => Date.now() + this.patienceMs;
    const taken = fresh();
    const behind = (error: unknown): number => {
      if (!(error instanceof LogUnavailable)) return fresh();
      return this.ending.aborted ? 0 : taken - TOGETHER_MS;
    };
    const turn = before ? before.then(fresh, behind).then(action) : action(taken);
    this.last.set(stream, turn);
    try {
      return await turn;
    } finally {
      if (this.last.get(stream) === turn) this.last.delete(stream);
    }
  }

  /** Resolves when what was taken is over. */
  async over(): Promise<void> {
    await Promise.allSettled(this.last.values());
  }
}
