import { type Worker } from 'node:worker_threads';
import { type ProjectorData } from './messages.js';
import { projectorWorker } from './projector-worker.js';

/** A projector's thread that has loaded what it needs and waits to be told of a store: whoever stands by takes over the sooner. */
export class SpareProjector {
  private worker: Worker | undefined;

  /** `thread` is its module, as `builtFile` names it. */
  constructor(
    private readonly thread: string,
    private readonly data: () => ProjectorData,
  ) {}

  /** Starts it, if there is none. */
  prepare(): void {
    if (this.worker) return;
    const worker = (this.worker = projectorWorker(this.thread, this.data()));
    worker.unref();
    // What keeps it from loading keeps the next one too, which is told of a store and says so.
    worker
      .on('error', () => undefined)
      .on('exit', () => {
        if (this.worker === worker) this.worker = undefined;
      });
  }

  /** Gives it away, if there is one. */
  take(): Worker | undefined {
    const { worker } = this;
    this.worker = undefined;
    worker?.removeAllListeners();
    worker?.ref();
    return worker;
  }

  async close(): Promise<void> {
    await this.take()?.terminate();
  }
}
