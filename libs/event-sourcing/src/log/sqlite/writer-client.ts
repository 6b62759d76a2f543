import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { LogCannotOpen, LogDiskFull, LogOverloaded, LogUnavailable } from '../errors.js';
import { type Appended, type ExpectedRevision, type NewEvent } from '../event-log.js';
import { type FlatValue, type FromWriter, pack, type ToWriter } from './append-messages.js';
import { builtFile } from '../../built-file.js';
import { PendingAppends } from './pending-appends.js';

export interface WriterOptions {
  file: string;
  maxBytes?: number;
  /** Appends that may wait for their answer, and their bytes; one more is `LogOverloaded`. */
  maxWaiting: number;
  maxWaitingBytes: number;
  /** Events were stored: whoever follows in this thread can be woken. */
  onStored: () => void;
  /** The writer has stopped for good and everything that waited has been rejected. */
  onFatal: (error: Error) => void;
}

/** For how long a full disk counts as full unless an append succeeds, in milliseconds: whoever asks first must let one try. */
const FULL_FOR = 5_000;

/** The writer's thread as the log's own thread sees it: appends made in one tick go over in one message. */
export class WriterClient {
  private readonly worker: Worker;
  private readonly pending: PendingAppends;
  /** Appends of this tick, not yet sent. */
  private outbox: FlatValue[] = [];
  private head = 0;
  private state: 'open' | 'closing' | 'closed' | 'dead' = 'open';
  private settleStart?: { resolve(): void; reject(error: Error): void };
  private closed?: Promise<void>;
  private settleClose?: () => void;
  private hasExited = false;
  /** The last group met a full disk, at this time of `performance.now`. */
  private fullSince = -Infinity;

  private constructor(private readonly options: WriterOptions) {
    const { file, maxBytes } = options;
    this.pending = new PendingAppends();
    this.worker = new Worker(builtFile('libs/event-sourcing/src/log/sqlite/writer-thread'), {
      workerData: { file, maxBytes },
      // What it handles is short-lived and bounded; by default it would hold 48 MB for it.
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
      // The process's own flags are for its own entry point.
      execArgv: [],
    });
    this.worker.on('message', (message: FromWriter) => this.receive(message));
    this.worker.on('error', (error) => this.die(error, true));
    this.worker.on('exit', () => this.ended());
  }

  /** Resolves when the file is open for writing. Rejects with `LogCannotOpen`. */
  static async start(options: WriterOptions): Promise<WriterClient> {
    const client = new WriterClient(options);
    await new Promise<void>((resolve, reject) => (client.settleStart = { resolve, reject }));
    return client;
  }

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision, bytes: number): Promise<Appended> {
    if (this.state !== 'open') {
      const why = this.state === 'dead' ? 'its writer has failed; start the process again' : 'it is being closed';
      return Promise.reject(new LogUnavailable(`The event log takes nothing more: ${why}.`));
    }
    const { maxWaiting, maxWaitingBytes } = this.options;
    if (this.pending.count >= maxWaiting || this.pending.bytes + bytes > maxWaitingBytes) {
      return Promise.reject(
        new LogOverloaded(
          `${this.pending.count} appends (${this.pending.bytes} bytes) already wait to be stored; send fewer at once and try again.`,
        ),
      );
    }
    if (this.outbox.length === 0) this.flushSoon();
    pack(this.outbox, stream, expected, events);
    return new Promise((resolve, reject) => this.pending.add({ stream, expected, events, bytes, resolve, reject }));
  }

  get waiting(): { appends: number; bytes: number } {
    return { appends: this.pending.count, bytes: this.pending.bytes };
  }

  get isWritable(): boolean {
    return this.state === 'open' && performance.now() - this.fullSince > FULL_FOR;
  }

  /** A port that gets a message after each commit that stored something. */
  subscribe(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.send({ subscribe: port1 }, port1);
    return port2;
  }

  /** Takes nothing new, waits until everything taken is stored, empties the write-ahead log, ends the thread. */
  close(): Promise<void> {
    this.closed ??= new Promise((resolve) => {
      this.settleClose = resolve;
      if (this.hasExited) return resolve();
      if (this.state === 'dead') return;
      this.state = 'closing';
      this.flush();
      this.send({ close: true });
    });
    return this.closed;
  }

  /** At the end of the tick, so that many go over at once; where none is under way there is nothing to gather: at once. */
  private flushSoon(): void {
    if (this.pending.count === 0) queueMicrotask(() => this.flush());
    else setImmediate(() => this.flush());
  }

  private flush(): void {
    if (this.outbox.length === 0) return;
    this.send({ appends: this.outbox });
    this.outbox = [];
  }

  private send(message: ToWriter, ...transfer: MessagePort[]): void {
    this.worker.postMessage(message, transfer);
  }

  private receive(message: FromWriter): void {
    if ('answers' in message) {
      this.fullSince = -Infinity;
      this.pending.answer(message.answers);
      if (message.head > this.head) this.options.onStored();
      this.head = message.head;
    } else if ('full' in message) {
      this.fullSince = performance.now();
      this.pending.reject(
        message.full,
        () =>
          new LogDiskFull(
            `The disk that holds ${this.options.file} is full: nothing of this append was stored; free some space and send it again.`,
          ),
      );
    } else if ('failed' in message) {
      this.pending.reject(message.failed, () => this.unavailable(message.cause, message.outcomeUnknown));
      this.die(new Error(message.cause), false);
    } else if ('closed' in message) {
      this.state = 'closed';
    } else if ('ready' in message) {
      this.head = message.ready;
      this.settleStart?.resolve();
    } else {
      this.state = 'closed';
      this.settleStart?.reject(new LogCannotOpen(message.refused));
    }
  }

  /** Only now has the thread really closed its connection: the driver leaves that to the end of its statements. */
  private ended(): void {
    this.hasExited = true;
    this.die(new Error('its thread ended'), true);
    this.settleClose?.();
  }

  /** The thread has stopped without being asked to. */
  private die(cause: Error, outcomeUnknown: boolean): void {
    if (this.state === 'closed' || this.state === 'dead') return;
    this.state = 'dead';
    this.pending.reject(this.pending.count, () => this.unavailable(cause.message, outcomeUnknown));
    const fatal = new Error(`The writer of ${this.options.file} has stopped: ${cause.message}.`, { cause });
    if (this.settleStart) this.settleStart.reject(fatal);
    // After those who were rejected have had their turn.
    setImmediate(() => this.options.onFatal(fatal));
  }

  private unavailable(cause: string, outcomeUnknown: boolean): LogUnavailable {
    const outcome = outcomeUnknown
      ? 'it is not known whether this append was stored'
      : 'nothing of this append was stored';
    return new LogUnavailable(`The event log's writer has stopped (${cause}): ${outcome}.`, outcomeUnknown);
  }
}
