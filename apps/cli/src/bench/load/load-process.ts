import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { packageRoot } from '#event-sourcing/package-root.js';
import { type FromGenerator, type Load, type LoadResult } from './load.js';

/** Sends load from a process of its own, so that the server's time is the server's. */
export class LoadProcess {
  private child?: ChildProcess;

  /** Resolves with what the load came to, answers that were not as expected included. */
  async run(load: Load): Promise<LoadResult> {
    this.child ??= fork(join(packageRoot, 'dist/apps/cli/src/bench/load/generator.js'));
    const { child } = this;
    const waiting = new AbortController();
    const ended = once(child, 'exit', { signal: waiting.signal }).then(() => {
      throw new Error('The process that sends the load has ended.');
    });
    const answered = once(child, 'message', { signal: waiting.signal }) as Promise<[FromGenerator]>;
    child.send(load);
    const [answer] = await Promise.race([answered, ended]);
    ended.catch(() => undefined);
    waiting.abort();
    if ('broken' in answer) throw new Error(`The load broke off: ${answer.broken}`);
    return answer.result;
  }

  /** The same, where every answer must be as expected. */
  async runWell(load: Load): Promise<LoadResult> {
    const result = await this.run(load);
    if (result.failed > 0) throw new Error(`${result.failed} requests failed, the first with ${result.failure}`);
    return result;
  }

  close(): void {
    this.child?.disconnect();
    this.child = undefined;
  }
}
