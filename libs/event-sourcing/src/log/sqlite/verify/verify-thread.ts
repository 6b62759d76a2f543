import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { type EventRegistry } from '../../../registry.js';
import { messageOf } from '../sqlite-error.js';
import { type Findings, Stretches } from './stretch.js';
import { openUnmodified } from './unmodified.js';

/** What a checking thread is started with. */
export interface CheckerData {
  /** Of the log, as `withoutModifying` found it. */
  url: string;
  /** URL of the compiled module that exports `registry`. */
  registry: string;
}

/** Asked for a stretch (the events after one sequence up to another), it answers in the order asked. */
export interface ToChecker {
  after: number;
  to: number;
}
export type FromChecker = { findings: Findings } | { failed: string };

const port = parentPort!;
const { url, registry: module } = workerData as CheckerData;

try {
  const { registry } = (await import(module)) as { registry: EventRegistry };
  // Held by what reads it: the driver closes a connection that only its statements refer to.
  const stretches = new Stretches(openUnmodified(url), registry);
  port.on('message', ({ after, to }: ToChecker) => answer(() => stretches.check(after, to)));
} catch (error) {
  port.postMessage({ failed: messageOf(error) } satisfies FromChecker);
}

function answer(check: () => Findings): void {
  try {
    const findings = check();
    const { sequences, idKeys, hashes } = findings;
    port.postMessage({ findings } satisfies FromChecker, [sequences.buffer, idKeys.buffer, hashes.buffer]);
  } catch (error) {
    port.postMessage({ failed: messageOf(error) } satisfies FromChecker);
  }
}
