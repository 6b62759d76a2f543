import { setImmediate } from 'node:timers/promises';
import { refuse } from '#event-sourcing/refusal.js';

/** Characters of the rows that one answer may be made of: all its lists together. */
export const MOST_CHARACTERS = 8 * 1024 * 1024;
/** After so many, others get their turn before the answer reads on. */
const BREATH = 512 * 1024;

/** What one answer has read so far. Lists within lists, asked for under many names, would otherwise read a store many times over. */
export class ReadBudget {
  private spent = 0;
  private sinceBreath = 0;
  private breath: Promise<void> | undefined;

  constructor(private readonly most = MOST_CHARACTERS) {}

  /** Resolves when there is room for another read; refuses with LIMIT_EXCEEDED when too much was read. */
  async room(): Promise<void> {
    this.check();
    while (this.sinceBreath >= BREATH) {
      await (this.breath ??= this.breathe());
      this.check();
    }
  }

  /** Counts what was read. */
  spend(characters: number): void {
    this.spent += characters;
    this.sinceBreath += characters;
  }

  private check(): void {
    if (this.spent <= this.most) return;
    refuse(
      'LIMIT_EXCEEDED',
      `An answer may be made of ${this.most} characters of rows, those of all its lists together; ask for fewer by \`first\`, select fewer lists, and page.`,
      { limit: 'characters', allowed: this.most },
    );
  }

  private async breathe(): Promise<void> {
    await setImmediate();
    this.breath = undefined;
    this.sinceBreath = 0;
  }
}
