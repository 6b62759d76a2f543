import { Worker } from 'node:worker_threads';
import { builtFile } from '#event-sourcing/built-file.js';
import { BrokenOff } from '../build/broken-off.js';
import { eventsMade, type FromBuild } from '../build/build-messages.js';
import { type BuildOptions, type Rebuilt } from '../keeping/store-place.js';
import { ReadStoreCannotOpen } from '../read-models.js';
import { type BuildData } from './build-thread.js';

/**
 * Builds a store from the log, in a thread of its own: versions that end soon are written once, and the indexes come last.
 * The store is there when it is whole, and not before. Rejects with `ReadStoreCannotOpen`, and with the signal's reason;
 * then what was begun is left for whoever removes unfinished ones.
 */
export async function buildStore(data: BuildData, { progress, signal }: BuildOptions): Promise<Rebuilt> {
  signal?.throwIfAborted();
  const worker = new Worker(builtFile('libs/read-models/src/postgres/build-thread'), {
    workerData: data,
    // What folding makes is short-lived: with little memory for it half the time goes into collecting it.
    resourceLimits: { maxYoungGenerationSizeMb: 96 },
  });
  let folded: Rebuilt | undefined;
  let failure: Extract<FromBuild, { failed: string }> | undefined;
  let isWritten = false;
  worker.on('message', (message: FromBuild) => {
    if ('folding' in message) progress?.(eventsMade(message.folding));
    else if ('indexing' in message) progress?.({ indexes: message.indexing.done, of: message.indexing.of });
    else if ('folded' in message) folded = message.folded;
    else if ('written' in message) isWritten = true;
    else failure ??= message;
  });
  worker.on('error', (error) => (failure ??= { failed: `The read models cannot be built: ${error.message}` }));
  const end = (): void => worker.postMessage('end');
  signal?.addEventListener('abort', end);
  await new Promise((resolve) => worker.once('exit', resolve));
  signal?.removeEventListener('abort', end);
  signal?.throwIfAborted();
  if (failure === undefined && folded && isWritten) return folded;
  if (failure?.isPassing) throw new BrokenOff(failure.failed);
  throw new ReadStoreCannotOpen(failure?.failed ?? 'The read models cannot be built: the thread of the build ended.');
}
