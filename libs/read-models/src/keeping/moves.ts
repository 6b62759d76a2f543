/** Tells whoever listens, and whoever waits, that something has changed. */
export class Moves {
  private readonly listeners = new Set<() => void>();
  private readonly waiting = new Set<() => void>();

  /** Calls the listener at each change, until the function returned is called. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Resolves at the next change that waiters are told of, or after so many milliseconds. */
  next(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const { waiting } = this;
      const timer = setTimeout(done, timeoutMs);
      function done(): void {
        clearTimeout(timer);
        waiting.delete(done);
        resolve();
      }
      waiting.add(done);
    });
  }

  /** Tells all of them. */
  tell(): void {
    for (const done of this.waiting) done();
    this.tellListeners();
  }

  /** Tells those only who follow each move. */
  tellListeners(): void {
    for (const listener of this.listeners) listener();
  }
}
