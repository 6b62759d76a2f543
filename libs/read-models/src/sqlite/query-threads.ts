import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { builtFile } from '#event-sourcing/built-file.js';
import { Refusal } from '#event-sourcing/refusal.js';
import { closing, overloaded, tooLong } from '../query-refusals.js';
import { indexing } from '../search/indexing.js';
import { type FromReader, type ReaderData, type ToReader } from './messages.js';

export interface QueryThreadsOptions {
  file: string;
  /** URL of the compiled module that exports `projections`. */
  projections: string;
  /** How many statements run at once. */
  threads: number;
  /** How long one may run, and how long it may wait before, in milliseconds. */
  timeLimitMs: number;
  /** How many may wait for a thread. */
  mostWaiting: number;
}

/** How much longer than the limit a thread may take to notice it, in milliseconds; then another takes its place. */
const GRACE = 1_000;
/** Threads that did not notice and are left to come to their end. */
const MOST_LEFT = 2;

interface Job {
  sql: string;
  parameters: unknown[];
  isSearch: boolean;
  resolve: (row: [number, string | null]) => void;
  reject: (error: Error) => void;
  /** First of its waiting, then of its running. */
  timer?: NodeJS.Timeout;
}

interface Reader {
  worker: Worker;
  job: Job | null;
  /** Its thread has started: on a busy machine that takes longer than many a query may. */
  ready: boolean;
  ended: Promise<unknown>;
}

/**
 * Reader threads for what may run long; a thread is started when it is first needed.
 *
 * A statement ends itself at the time limit (`in_time`, see the thread). The driver takes the whole process down if a thread
 * is terminated within a statement, so none ever is: one that does not notice the limit is left alone, and closed when it is done.
 */
export class QueryThreads {
  private readonly readers = new Set<Reader>();
  private readonly left = new Set<Reader>();
  private readonly waiting = new Set<Job>();
  /** Set to 1 to end all that runs. */
  private readonly cancelled = new SharedArrayBuffer(4);
  private closed = false;

  constructor(private readonly options: QueryThreadsOptions) {}

  /**
   * Refuses with LIMIT_EXCEEDED at the time limit, with OVERLOADED when too many wait or one waits too long, and a search with
   * UNAVAILABLE while its index is being made, or where there is no space for it.
   */
  run(sql: string, parameters: unknown[], isSearch = false): Promise<[sequence: number, rows: string | null]> {
    const { mostWaiting, timeLimitMs } = this.options;
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(closing());
      if (this.waiting.size >= mostWaiting) return reject(overloaded(`${this.waiting.size} long queries wait already`));
      const job: Job = { sql, parameters, isSearch, resolve, reject };
      job.timer = setTimeout(() => {
        this.waiting.delete(job);
        reject(overloaded(`The query waited longer than ${timeLimitMs / 1000} s behind other long ones`));
      }, timeLimitMs);
      this.waiting.add(job);
      this.next();
    });
  }

  /** Ends what runs and refuses what waits. */
  async close(): Promise<void> {
    this.closed = true;
    for (const job of this.waiting) settle(job, () => job.reject(closing()));
    this.waiting.clear();
    Atomics.store(new Int32Array(this.cancelled), 0, 1);
    const all = [...this.readers, ...this.left];
    for (const { worker } of all) worker.postMessage('close' satisfies ToReader);
    await Promise.all(all.map(({ ended }) => ended));
  }

  private next(): void {
    const [job] = this.waiting;
    const reader = job && ([...this.readers].find((one) => one.job === null) ?? this.spawn());
    if (!reader) return;
    this.waiting.delete(job);
    clearTimeout(job.timer);
    reader.job = job;
    if (reader.ready) this.begin(reader, job);
  }

  private begin(reader: Reader, job: Job): void {
    const { timeLimitMs: limitMs } = this.options;
    const { sql, parameters, isSearch } = job;
    reader.worker.postMessage({ sql, parameters, limitMs, isSearch } satisfies ToReader);
    job.timer = setTimeout(() => this.leave(reader, job), limitMs + GRACE);
  }

  private spawn(): Reader | undefined {
    const { file, projections, threads } = this.options;
    if (this.readers.size >= threads || this.left.size >= MOST_LEFT) return undefined;
    const workerData: ReaderData = { file, projections, cancelled: this.cancelled };
    const worker = new Worker(builtFile('libs/read-models/src/sqlite/reader-thread'), { workerData });
    const reader: Reader = { worker, job: null, ready: false, ended: once(worker, 'exit').catch(() => undefined) };
    this.readers.add(reader);
    worker.on('message', (message: FromReader) => this.answered(reader, message));
    worker.on('error', (error) => {
      // It answers nothing more.
      this.readers.delete(reader);
      this.answered(reader, { error: error.message });
    });
    worker.on('exit', () => {
      this.readers.delete(reader);
      this.left.delete(reader);
      if (reader.job) this.answered(reader, { error: 'The reader thread has ended.' });
      else this.next();
    });
    return reader;
  }

  private answered(reader: Reader, message: FromReader): void {
    const { job } = reader;
    if ('ready' in message) {
      reader.ready = true;
      // From now on a query holds the process by its timer; a thread that waits for one does not.
      reader.worker.unref();
      if (job) this.begin(reader, job);
      return;
    }
    reader.job = null;
    if (this.left.has(reader)) reader.worker.postMessage('close' satisfies ToReader);
    if (!job) return;
    settle(job, () => {
      if ('rows' in message) job.resolve([message.sequence, message.rows]);
      else if ('error' in message) job.reject(this.closed ? closing() : new Error(message.error));
      else if ('noSpace' in message) job.reject(noSpace());
      else if ('indexed' in message) job.reject(indexing(message));
      else job.reject(this.closed ? closing() : tooLong(this.options.timeLimitMs));
    });
    this.next();
  }

  private leave(reader: Reader, job: Job): void {
    reader.job = null;
    this.readers.delete(reader);
    this.left.add(reader);
    job.reject(tooLong(this.options.timeLimitMs));
    this.next();
  }
}

function settle(job: Job, how: () => void): void {
  clearTimeout(job.timer);
  how();
}

const noSpace = (): Refusal =>
  new Refusal(
    'UNAVAILABLE',
    "The disk of the server's read models is full, and the index that texts are searched by cannot be written: have some space freed on it, then ask again.",
  );
