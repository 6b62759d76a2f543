/** After a first failure, and at most, in milliseconds; twice as long after each. */
const [FIRST, LONGEST] = [1_000, 30_000];

/** How long not to try again what has failed. */
export class GrowingWait {
  private next = FIRST;
  /** By `performance.now()`. */
  private until = 0;

  get isOver(): boolean {
    return performance.now() >= this.until;
  }

  failed(): void {
    this.until = performance.now() + this.next;
    this.next = Math.min(2 * this.next, LONGEST);
  }

  succeeded(): void {
    this.next = FIRST;
  }
}
