import { setImmediate } from 'node:timers/promises';
import { refuse } from '#event-sourcing/refusal.js';

/** Characters of the rows that one answer may be made of: all its lists together. */
export const MOST_CHARACTERS = 16 * 1024 * 1024;
/** What serving a row costs beside its text, in characters: rows read once may be served many times. */
const ROW = 500;
/** After so many, others get their turn before the answer reads on. */
const BREATH = 512 * 1024;

/** What one answer has read so far. Lists within lists, asked for under many names, would otherwise read a store many times over. */
export class ReadBudget {
  private spent = 0;
  private sinceBreath = 0;
  private breath: Promise<void> | undefined;
  private deadline = Infinity;
  private limitMs = Infinity;

  constructor(private readonly most = MOST_CHARACTERS) {}

  /** From now on, so many milliseconds may be read in; whatever reads after them is refused. */
  limitTime(limitMs: number): void {
    this.limitMs = limitMs;
    this.deadline = performance.now() + limitMs;
  }

  /** So many milliseconds were spent on waiting, not on reading. */
  moreTime(ms: number): void {
    this.deadline += ms;
  }

  /**
   * Nothing: read now, in this very turn, or others who were told the same are not counted. Else what to wait for before
   * asking again. Refuses with LIMIT_EXCEEDED when too much was read, or for too long.
   */
  wait(): Promise<void> | undefined {
    if (performance.now() > this.deadline) tookTooLong(this.limitMs);
    if (this.spent > this.most) {
      refuse(
        'LIMIT_EXCEEDED',
        `An answer may be made of ${this.most} characters of rows, those of all its lists together; ask for fewer by \`first\`, select fewer lists, and page.`,
        { limit: 'characters', allowed: this.most },
      );
    }
    return this.sinceBreath >= BREATH ? (this.breath ??= this.breathe()) : undefined;
  }

  /** Counts what was read. */
  spend(characters: number): void {
    this.spent += characters;
    this.sinceBreath += characters;
  }

  /** Counts rows that are served, whether or not they were read for it. Refuses with LIMIT_EXCEEDED. */
  serve(rows: number): void {
    this.spend(rows * ROW);
    void this.wait();
  }

  private async breathe(): Promise<void> {
    await setImmediate();
    this.breath = undefined;
    this.sinceBreath = 0;
  }
}

function tookTooLong(limitMs: number): never {
  refuse('LIMIT_EXCEEDED', `An answer may take ${limitMs / 1000} s; ask for less, or page.`, {
    ...{ limit: 'time', allowed: limitMs },
  });
}
