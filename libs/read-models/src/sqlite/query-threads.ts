import { Worker } from 'node:worker_threads';
import { Refusal } from '#event-sourcing/refusal.js';
import { builtFile } from '#event-sourcing/log/sqlite/built-file.js';
import { type FromReader, type ToReader } from './messages.js';

export interface QueryThreadsOptions {
  file: string;
  /** How many statements run at once. */
  threads: number;
  /** How long one may run, in milliseconds. */
  timeLimitMs: number;
  /** How many may wait for a thread. */
  mostWaiting: number;
}

interface Job extends ToReader {
  resolve: (row: [number, string | null]) => void;
  reject: (error: Error) => void;
}

interface Reader {
  worker: Worker;
  job: Job | null;
  timer?: NodeJS.Timeout;
}

/** Reader threads for what may run long; a thread is started when it is first needed. */
export class QueryThreads {
  private readonly readers = new Set<Reader>();
  private readonly waiting: Job[] = [];
  private closed = false;

  constructor(private readonly options: QueryThreadsOptions) {}

  /** Refuses with LIMIT_EXCEEDED at the time limit, and with OVERLOADED when too many wait. */
  run(sql: string, parameters: unknown[]): Promise<[sequence: number, rows: string | null]> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(new Refusal('UNAVAILABLE', 'The read models are being closed.'));
      if (this.waiting.length >= this.options.mostWaiting) {
        return reject(
          new Refusal(
            'OVERLOADED',
            `${this.waiting.length} long queries wait already; send fewer at once and try again.`,
          ),
        );
      }
      this.waiting.push({ sql, parameters, resolve, reject });
      this.next();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    const closed = new Refusal('UNAVAILABLE', 'The read models are being closed.');
    for (const job of this.waiting.splice(0)) job.reject(closed);
    await Promise.all([...this.readers].map((reader) => this.end(reader, closed)));
  }

  private next(): void {
    if (this.waiting.length === 0) return;
    let reader = [...this.readers].find(({ job }) => job === null);
    if (!reader && this.readers.size < this.options.threads) reader = this.spawn();
    if (!reader) return;
    const job = (reader.job = this.waiting.shift()!);
    reader.worker.postMessage({ sql: job.sql, parameters: job.parameters } satisfies ToReader);
    const late = reader;
    reader.timer = setTimeout(() => this.replace(late), this.options.timeLimitMs);
  }

  private spawn(): Reader {
    const worker = new Worker(builtFile('libs/read-models/src/sqlite/reader-thread'), {
      workerData: { file: this.options.file },
    });
    const reader: Reader = { worker, job: null };
    this.readers.add(reader);
    worker.unref();
    worker.on('message', (message: FromReader) => this.answered(reader, message));
    worker.on('error', (error) => void this.end(reader, error).then(() => this.next()));
    return reader;
  }

  private answered(reader: Reader, message: FromReader): void {
    const { job } = reader;
    clearTimeout(reader.timer);
    reader.job = null;
    if ('error' in message) job?.reject(new Error(message.error));
    else job?.resolve([message.sequence, message.rows]);
    this.next();
  }

  /** The time is up. SQLite sees the end of its thread only when its step is done: another thread serves meanwhile. */
  private replace(reader: Reader): void {
    const seconds = this.options.timeLimitMs / 1000;
    const tooLong = new Refusal(
      'LIMIT_EXCEEDED',
      `The query took longer than ${seconds} s and was ended; narrow the filter, or ask for the default order.`,
      { allowed: this.options.timeLimitMs },
    );
    void this.end(reader, tooLong);
    this.next();
  }

  private async end(reader: Reader, cause: Error): Promise<void> {
    this.readers.delete(reader);
    clearTimeout(reader.timer);
    reader.job?.reject(cause);
    reader.job = null;
    await reader.worker.terminate();
  }
}
