import { type MessagePort } from 'node:worker_threads';
import { type LogFollower } from '../follower.js';

/** The open followers of one reader. The port that wakes them keeps its thread alive until the reader is closed. */
export class Followers {
  readonly opened = new Set<LogFollower>();

  constructor(private readonly port?: MessagePort) {
    port?.on('message', () => this.wake());
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
