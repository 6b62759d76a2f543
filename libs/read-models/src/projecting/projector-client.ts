import { type Worker } from 'node:worker_threads';
import { isRemote, type LogReaderHandle, transferredOf } from '#event-sourcing/log/log-reader.js';
import { type ReadModelsStatus, ReadStoreCannotOpen } from '../read-models.js';
import { type ReadModelsState } from '../read-models-state.js';
import { BrokenOff } from '../build/broken-off.js';
import { Moves } from '../keeping/moves.js';
import { type FollowedStore } from '../keeping/store-place.js';
import { type FromProjector, type ProjectorWork, type ToProjector } from './messages.js';
import { projectorWorker } from './projector-worker.js';

export interface ProjectorClientOptions extends Omit<ProjectorWork, 'log'> {
  /** See `ProjectorData`. */
  projections: string;
  /** The thread's module, as `builtFile` names it. */
  thread: string;
  /** Makes a handle for each thread that is started. */
  logHandle: () => LogReaderHandle;
  /** For a person: what has stopped, or is odd. */
  warn: (message: string) => void;
  /** A thread that was started before, told nothing yet: it is the first. */
  spare?: Worker;
  /** Told each status, after whoever waits for it. */
  changed?: (status: ReadModelsStatus) => void;
}

/** How long whoever pauses it or lets it go on waits to see it done. */
const SETTLED_MS = 2_000;

interface Waiter {
  sequence: number;
  settle: (state: ReadModelsState) => void;
}

/** Resolves when a thread has ended, also by an error, of which its listener is told. */
const ended = (worker: Worker): Promise<unknown> => new Promise((resolve) => worker.once('exit', resolve));

/** The projector's thread as the main thread sees it. */
export class ProjectorClient implements FollowedStore {
  private worker: Worker | undefined;
  private last: ReadModelsStatus;
  private readonly waiters = new Set<Waiter>();
  private readonly changes = new Moves();
  private closing = false;
  private refused: ReadStoreCannotOpen | undefined;

  private constructor(
    private readonly options: ProjectorClientOptions,
    checkpoint: { sequence: number; position: string },
  ) {
    const { sequence, position } = checkpoint;
    const behindSince = new Date().toISOString();
    this.last = { state: 'building', sequence, position, behindSince, failure: null, clockBehind: 0 };
  }

  /** Resolves when the projector follows the log. Rejects with `ReadStoreCannotOpen`; with `BrokenOff` if it may when tried again. */
  static async start(
    options: ProjectorClientOptions,
    checkpoint: { sequence: number; position: string },
  ): Promise<ProjectorClient> {
    const client = new ProjectorClient(options, checkpoint);
    const worker = client.spawn(options.spare);
    await Promise.race([new Promise((resolve) => worker.once('message', resolve)), ended(worker)]);
    if (client.refused === undefined) return client;
    client.closing = true;
    throw client.refused;
  }

  get status(): ReadModelsStatus {
    return this.last;
  }

  waitFor(sequence: number, timeoutMs: number): Promise<ReadModelsState> {
    if (this.last.sequence >= sequence) return Promise.resolve('CURRENT');
    if (this.last.failure) return Promise.resolve('FAILED');
    return new Promise((resolve) => {
      const waiter: Waiter = {
        sequence,
        settle: (state) => {
          clearTimeout(timer);
          this.waiters.delete(waiter);
          resolve(state);
        },
      };
      const timer = setTimeout(() => waiter.settle('BEHIND'), timeoutMs);
      this.waiters.add(waiter);
    });
  }

  /** Resolves when it stands still. */
  async pause(): Promise<void> {
    this.send('pause');
    await this.until(({ state }) => state === 'paused' || state === 'failed');
  }

  /** Goes on after a pause or failure, in a new thread if the old one has died. Resolves when it does. */
  async start(): Promise<void> {
    if (this.worker) this.send('start');
    else if (!this.closing) this.spawn();
    await this.until(({ state }) => state === 'live' || state === 'building');
  }

  /** Resolves when the batch at hand is written, or given up as its database does not answer, and the store is closed. */
  async close(): Promise<void> {
    this.closing = true;
    for (const waiter of this.waiters) waiter.settle('BEHIND');
    const { worker } = this;
    if (!worker) return;
    const exit = ended(worker);
    this.send('stop');
    await exit;
  }

  /** Resolves when it is so, or after a while: what is asked of a thread that fails may never come. */
  private async until(isSo: (status: ReadModelsStatus) => boolean): Promise<void> {
    const end = performance.now() + SETTLED_MS;
    for (let left = SETTLED_MS; left > 0 && !isSo(this.last); left = end - performance.now()) {
      await this.changes.next(left);
    }
  }

  private send(message: ToProjector): void {
    this.worker?.postMessage(message);
  }

  private spawn(spare?: Worker): Worker {
    const { logHandle, thread, store, logId, projections } = this.options;
    const log = logHandle();
    const worker = (this.worker = spare ?? projectorWorker(thread, { projections, isRemote: isRemote(log) }));
    worker.postMessage({ store, log, logId } satisfies ProjectorWork, transferredOf(log));
    worker.on('message', (message: FromProjector) => this.receive(message));
    worker.on('error', (error) => this.stopped(error.message));
    worker.on('exit', () => {
      this.worker = undefined;
      if (!this.closing && this.last.failure === null) this.stopped(this.refused?.message ?? 'its thread ended');
    });
    return worker;
  }

  private receive(message: FromProjector): void {
    if ('refused' in message) {
      const { refused, isPassing } = message;
      this.refused = isPassing ? new BrokenOff(refused) : new ReadStoreCannotOpen(refused);
    } else this.take(message.status);
  }

  private stopped(cause: string): void {
    const failure = { eventId: null, sequence: null, code: null, message: `The projector has stopped: ${cause}` };
    const behindSince = this.last.behindSince ?? new Date().toISOString();
    this.take({ ...this.last, state: 'failed', behindSince, failure });
  }

  private take(status: ReadModelsStatus): void {
    const before = this.last;
    this.last = status;
    for (const waiter of this.waiters) {
      if (status.sequence >= waiter.sequence) waiter.settle('CURRENT');
      else if (status.failure) waiter.settle('FAILED');
    }
    this.changes.tell();
    if (status.failure && !before.failure && !this.closing) {
      this.options.warn(`The read models stand still at sequence ${status.sequence}: ${status.failure.message}`);
    }
    if (status.clockBehind > 0 && before.clockBehind === 0) {
      this.options.warn(
        `An event was recorded by a clock more than a minute behind the log (near sequence ${status.sequence}): check the clocks of all that record. Further ones are only counted.`,
      );
    }
    this.options.changed?.(status);
  }
}
