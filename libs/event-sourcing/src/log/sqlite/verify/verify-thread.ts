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
export type ToChecker = { after: number; to: number } | 'end';
export type FromChecker = { findings: Findings } | { failed: string };

const port = parentPort!;
const { url, registry: module } = workerData as CheckerData;

try {
  const { registry } = (await import(module)) as { registry: EventRegistry };
  const db = openUnmodified(url);
  const stretches = new Stretches(db, registry);
  port.on('message', (message: ToChecker) => {
    if (message === 'end') {
      // The handler refers to it: the driver closes a connection that only its statements refer to.
      db.close();
      return port.close();
    }
    answer(() => stretches.check(message.after, message.to));
  });
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
