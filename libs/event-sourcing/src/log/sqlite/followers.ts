import { type MessagePort } from 'node:worker_threads';
import { type Follower } from './follower.js';

/** The open followers of one reader. While one of them waits, the port that wakes them keeps its thread alive. */
export class Followers {
  readonly opened = new Set<Follower>();
  private waiting = 0;

  constructor(private readonly port?: MessagePort) {
    port?.on('message', () => this.wake());
    port?.unref();
  }

  enter(): void {
    if (this.waiting++ === 0) this.port?.ref();
  }

  leave(): void {
    if (--this.waiting === 0) this.port?.unref();
  }

  /** Something was stored. */
  wake(): void {
    for (const follower of this.opened) follower.wake();
  }

  /** Ends every follower. */
  close(): void {
    for (const follower of this.opened) follower.end();
    this.port?.close();
  }
}
