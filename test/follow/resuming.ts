import { setTimeout as pause } from 'node:timers/promises';
import { type Followed, type Following } from './followed.js';

/** Milliseconds after which a client comes back that found nobody: less would take the time from the server that starts. */
export const BEFORE_RETRY = 100;
/** After which one comes back that was told something. */
const BEFORE_RESUMING = 5;

/** A client that comes back, whatever cuts it off, and keeps each event together with its cursor. */
export class Resuming {
  readonly received: NonNullable<Followed['event']>[] = [];
  /** How often it was cut off or cut itself off. */
  cuts = 0;
  private cursor: string | undefined;
  private following: Following | undefined;
  private ended = false;
  private readonly running: Promise<void>;

  constructor(
    readonly name: string,
    private readonly open: (after: string | undefined) => Following,
  ) {
    this.running = this.run();
  }

  /** As if it were killed: what has not been taken is lost. */
  cut(): void {
    this.following?.cut();
    this.following = undefined;
  }

  async end(): Promise<void> {
    this.ended = true;
    this.cut();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.ended) {
      const following = (this.following = this.open(this.cursor));
      const before = this.cursor;
      try {
        for await (const told of following.told) {
          if (this.following !== following) break;
          this.take(told);
        }
      } catch {
        // Cut off before it had begun: the server is not there.
      }
      this.cuts++;
      await pause(this.cursor === before ? BEFORE_RETRY : BEFORE_RESUMING);
    }
  }

  private take({ event, cursor }: Followed): void {
    if (event) this.received.push(event);
    this.cursor = cursor;
  }
}
