import { type Subscriber, type Told } from '#read-models/following/subscriber.js';

/**
 * A subscriber as GraphQL iterates it: one value for each that is asked for. Written by hand because an `async function*`
 * that waits ignores `return()`.
 */
export class EventIterator<T> implements AsyncIterableIterator<T> {
  private returned!: () => void;
  private readonly end = new Promise<IteratorReturnResult<undefined>>((resolve) => {
    this.returned = () => resolve({ done: true, value: undefined });
  });

  constructor(
    private readonly subscriber: Subscriber,
    private readonly made: (told: Told) => T,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    const [told] = await this.subscriber.next();
    // The server ends: the connection will be closed. A `complete` would tell the client not to come back.
    return told ? { done: false, value: this.made(told) } : this.end;
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    this.subscriber.close();
    this.returned();
    return this.end;
  }
}
