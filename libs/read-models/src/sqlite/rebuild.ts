import { renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { type LogReaderHandle } from '#event-sourcing/log/log-reader.js';
import { builtFile } from '#event-sourcing/built-file.js';
import { sync } from '#event-sourcing/on-disk.js';
import { removeSearchOf } from './search-name.js';
import { BrokenOff } from '../build/broken-off.js';
import { eventsMade, type FromBuild } from '../build/build-messages.js';
import { type BuildOptions, type Rebuilt } from '../keeping/store-place.js';
import { ReadStoreCannotOpen } from '../read-models.js';
import { cannotOpen, isPassing, storeSentence } from './store-error.js';
import { type BuildData, CANCELLED, COMMITTED, FAILED } from './build/messages.js';

export interface RebuildOptions extends BuildOptions {
  /** Where the store is to be; what is built is named otherwise until it is whole. */
  file: string;
  /** The embedded log's file, or how to read another engine's log; nothing of it is transferred. */
  logFile: string | LogReaderHandle;
  logId: string;
  /** URL of the compiled module that exports `projections` and `registry`. */
  projections: URL;
}

/** The name of a store until it is whole: what bears it after a crash is to be thrown away. */
export const unfinishedName = (file: string): string => `${file}.building`;

/**
 * Builds a store from the log, several times faster than following does: one thread folds, another writes, versions that end
 * soon are written once, and the indexes come last. The store is there when it is whole, and not before.
 * Rejects with `ReadStoreCannotOpen`, and with the signal's reason.
 */
export async function rebuildStore(options: RebuildOptions): Promise<Rebuilt> {
  const unfinished = unfinishedName(options.file);
  removeStore(unfinished);
  try {
    const rebuilt = await new Build({ ...options, file: unfinished }).run();
    settle(unfinished, options.file);
    return rebuilt;
  } catch (error) {
    removeStore(unfinished);
    throw error;
  }
}

/** Deletes a store with its side files, and the index of its texts. */
export function removeStore(file: string): void {
  for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true });
  removeSearchOf(file);
}

/** On the disk before it has its name, so that no power cut leaves half of it under that. */
function settle(from: string, to: string): void {
  try {
    sync(from);
    // Left behind by a store that was deleted, they would be taken for this one's.
    for (const name of [`${to}-wal`, `${to}-shm`]) rmSync(name, { force: true });
    removeSearchOf(to);
    renameSync(from, to);
    sync(dirname(to));
  } catch (error) {
    throw isPassing(error) ? new BrokenOff(storeSentence(to, error)) : cannotOpen(to, error);
  }
}

/** The two threads of one build. */
class Build {
  private readonly state = new Int32Array(new SharedArrayBuffer(8));
  private folded: Rebuilt | undefined;
  private written = false;
  private failure: Extract<FromBuild, { failed: string }> | undefined;

  constructor(private readonly options: RebuildOptions) {}

  async run(): Promise<Rebuilt> {
    const { signal } = this.options;
    signal?.throwIfAborted();
    const end = (): void => this.end(CANCELLED, 1);
    signal?.addEventListener('abort', end);
    try {
      const { port1, port2 } = new MessageChannel();
      // What folding makes is short-lived: with little memory for it half the time goes into collecting it.
      await Promise.all([this.thread('fold-thread', port1, 96), this.thread('write-thread', port2, 24)]);
      signal?.throwIfAborted();
      if (this.failure === undefined && this.folded && this.written) return this.folded;
      const { failed = 'The read models cannot be built: a thread of the build ended.', isPassing } =
        this.failure ?? {};
      throw isPassing ? new BrokenOff(failed) : new ReadStoreCannotOpen(failed);
    } finally {
      signal?.removeEventListener('abort', end);
    }
  }

  /** Resolves when the thread has ended, however it did. */
  private async thread(name: string, port: BuildData['port'], maxYoungGenerationSizeMb: number): Promise<void> {
    const { file, logFile, logId, projections, until } = this.options;
    const log = typeof logFile === 'string' ? { file: logFile } : logFile;
    const shared = this.state.buffer;
    const workerData: BuildData = { file, log, logId, projections: projections.href, until, port, shared };
    const worker = new Worker(builtFile(`libs/read-models/src/sqlite/build/${name}`), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb },
      transferList: [port],
    });
    worker.on('message', (message: FromBuild) => this.take(message));
    worker.on('error', (error) => {
      this.failure ??= { failed: `The read models cannot be built: ${error.message}` };
      this.end(COMMITTED, FAILED);
    });
    await new Promise((resolve) => worker.once('exit', resolve));
  }

  private take(message: FromBuild): void {
    const { progress } = this.options;
    if ('folding' in message) progress?.(eventsMade(message.folding));
    else if ('indexing' in message) progress?.({ indexes: message.indexing.done, of: message.indexing.of });
    else if ('folded' in message) this.folded = message.folded;
    else if ('written' in message) this.written = true;
    // The first one is the cause of any other.
    else this.failure ??= message;
  }

  private end(at: number, value: number): void {
    Atomics.store(this.state, at, value);
    Atomics.notify(this.state, COMMITTED);
  }
}
