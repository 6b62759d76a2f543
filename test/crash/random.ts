import { randomInt } from 'node:crypto';

/** Numbers that look random and are the same for the same seed (mulberry32), so that a failure can be had again. */
export class Random {
  private state: number;

  constructor(readonly seed = Number(process.env.CRASH_SEED ?? randomInt(2 ** 31))) {
    this.state = seed;
  }

  /** From 0 up to, not including, `below`. */
  next(below: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  }

  /** So many of them by chance, in their order; all of them where there are no more. */
  some<T>(all: readonly T[], count: number): T[] {
    let left = count;
    return all.filter((_, n) => this.next(all.length - n) < left && left-- > 0);
  }
}
