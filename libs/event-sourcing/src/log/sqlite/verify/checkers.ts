import { Worker } from 'node:worker_threads';
import { builtFile } from '../../../built-file.js';
import { LogCannotOpen } from '../../errors.js';
import { type Findings } from './stretch.js';
import { type CheckerData, type FromChecker, type ToChecker } from './verify-thread.js';

interface Asked {
  resolve: (findings: Findings) => void;
  reject: (error: Error) => void;
}

/** A thread that checks stretches of the log, one after another. */
class Checker {
  private readonly worker: Worker;
  private readonly asked: Asked[] = [];
  private error: Error | undefined;

  constructor(data: CheckerData) {
    this.worker = new Worker(builtFile('libs/event-sourcing/src/log/sqlite/verify/verify-thread'), {
      workerData: data,
    });
    this.worker
      .on('message', (message: FromChecker) => {
        if ('failed' in message) this.fail(new LogCannotOpen(`The log cannot be read to its end (${message.failed}).`));
        // After a failure nobody waits for what it still finds.
        else this.asked.shift()?.resolve(message.findings);
      })
      .on('error', (error) => this.fail(error))
      .on('exit', () => this.fail(new Error('A checking thread ended before its time.')));
  }

  check(after: number, to: number): Promise<Findings> {
    if (this.error) return Promise.reject(this.error);
    return new Promise((resolve, reject) => {
      this.asked.push({ resolve, reject });
      this.worker.postMessage({ after, to } satisfies ToChecker);
    });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private fail(error: Error): void {
    this.error ??= error;
    for (const { reject } of this.asked.splice(0)) reject(this.error);
  }
}

/** Threads that check stretches in turns. */
export class Checkers {
  private readonly checkers: Checker[];
  private next = 0;

  constructor(data: CheckerData, threads: number) {
    this.checkers = Array.from({ length: threads }, () => new Checker(data));
  }

  /** Rejects with `LogCannotOpen` where the file cannot be read. */
  check(after: number, to: number): Promise<Findings> {
    return this.checkers[this.next++ % this.checkers.length].check(after, to);
  }

  async close(): Promise<void> {
    await Promise.all(this.checkers.map((checker) => checker.close()));
  }
}
