import { Worker } from 'node:worker_threads';
import { builtFile } from '#event-sourcing/built-file.js';
import { type ProjectorData } from './messages.js';

/** Starts a projector's thread, which loads what it will need; `thread` is its module, as `builtFile` names it. */
export const projectorWorker = (thread: string, workerData: ProjectorData): Worker =>
  new Worker(builtFile(thread), {
    workerData,
    // A batch's rows are short-lived; by default it would hold 48 MB for them.
    resourceLimits: { maxYoungGenerationSizeMb: 12 },
  });
