import { randomUUID } from 'node:crypto';
import { type Sender, Unanswered } from '../crash/sender.js';

/** Writers at once. */
const WRITERS = 16;

/** Writers at work, whatever they are answered: they go on after a refusal, and end when no answer comes any more. */
export class Load {
  /** What commands were refused with, as the server answered it. */
  readonly refusals: string[] = [];
  /** Resolves when none writes any more. */
  readonly done: Promise<unknown>;
  acknowledged = 0;
  private stopped = false;

  constructor(
    private readonly sender: Sender,
    private readonly caseId: string,
  ) {
    this.done = Promise.all(Array.from({ length: WRITERS }, () => this.write()));
  }

  stop(): Promise<unknown> {
    this.stopped = true;
    return this.done;
  }

  private async write(): Promise<void> {
    while (!this.stopped) {
      try {
        const text = { text: 'Example: something was seen. '.repeat(20) };
        await this.sender.send('addNote', { commandId: randomUUID(), caseId: this.caseId, text });
        this.acknowledged++;
      } catch (error) {
        if (error instanceof Unanswered) return;
        this.refusals.push((error as Error).message);
      }
    }
  }
}
