/** What a follower is told, over whichever way. */
export interface Followed {
  event: { id: string; sequence: number; type: string; stream: string; hash: string; payload: object } | null;
  cursor: string;
  caughtUp: boolean;
  head: number;
}

/** What is followed, from where. */
export interface Wanted {
  after?: string;
  types?: string[];
  cases?: string[];
}

/** One connection's worth of following: ends when the server ends it, or when it is left. */
export interface Following {
  told: AsyncIterableIterator<Followed>;
  /** Leaves without a word, as a client does that is killed. */
  cut(): void;
}

/** The fields that all ways of following select. */
export const FIELDS = 'event { id sequence type stream revision hash previousHash payload } cursor caughtUp head';

/** A list that is filled by events and emptied by an iterator. */
export class Queue<T> implements AsyncIterableIterator<T> {
  private readonly values: T[] = [];
  private wake: (() => void) | undefined;
  private ended = false;
  private error: Error | undefined;

  push(value: T): void {
    this.values.push(value);
    this.wake?.();
  }

  end(error?: Error): void {
    this.ended = true;
    this.error ??= error;
    this.wake?.();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    while (this.values.length === 0) {
      if (this.error) throw this.error;
      if (this.ended) return { done: true, value: undefined };
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    return { done: false, value: this.values.shift()! };
  }
}
