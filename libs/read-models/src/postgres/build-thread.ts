import { parentPort, workerData } from 'node:worker_threads';
import { type Checkpoint } from '#event-sourcing/log/event-log.js';
import { type LogReaderHandle, openLogReader } from '#event-sourcing/log/log-reader.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { isLogAway } from '../build/broken-off.js';
import { type FromBuild } from '../build/build-messages.js';
import { LogFold } from '../build/log-fold.js';
import { BuildBroken } from '../build/stored-versions.js';
import { type ProjectionGroup } from '../read-model.js';
import { connect, SILENT_MS } from './connection.js';
import { LoadedVersions } from './loaded-versions.js';
import { isPassing, storeSentence } from './store-error.js';
import { StoreBuilder } from './store-builder.js';

/** What the thread of a build is started with; any message ends it. */
export interface BuildData {
  url: string;
  schema: string;
  /** What the schema is called until it is whole. */
  unfinished?: string;
  log: LogReaderHandle;
  logId: string;
  /** URL of the compiled module that exports `projections` (a ProjectionGroup) and `registry` (an EventRegistry). */
  projections: string;
  until?: number;
}

/** A build's thread: it reads and folds the log, and writes what comes of it while it goes on. */

const { url, schema, unfinished, log: handle, logId, projections: module, until } = workerData as BuildData;
const port = parentPort!;
const tell = (message: FromBuild): void => port.postMessage(message);

async function run(): Promise<void> {
  const { projections: group, registry } = (await import(module)) as {
    projections: ProjectionGroup;
    registry: EventRegistry;
  };
  const log = await openLogReader(handle);
  let begun: StoreBuilder | undefined;
  try {
    const builder = (begun = await StoreBuilder.begin(url, schema, group, logId, unfinished));
    const stored = new LoadedVersions(await connect(url, builder.unfinished, SILENT_MS), group);
    port.on('message', () => {
      builder.cancel();
      void stored.close();
    });
    const progress = ({ sequence, position }: Checkpoint, end: number) =>
      tell({ folding: { sequence, position, until: end } });
    const { place, refused } = await new LogFold({
      group,
      registry,
      log,
      until,
      progress,
      stored,
      sink: builder,
    }).run();
    const event = refused && { sequence: refused.event.sequence!, eventId: refused.event.id, message: refused.message };
    tell({ folded: { place, refused: event } });
    await builder.finish(place, (done, of) => tell({ indexing: { done, of } }));
    tell({ written: true });
  } finally {
    await begun?.close();
    await log.close();
  }
}

/** What is thrown where something cannot be read back has the cause behind it. */
function failed(error: unknown): FromBuild {
  const cause = error instanceof BuildBroken ? (error.cause ?? error) : error;
  if (isLogAway(cause)) return { failed: cause.message, isPassing: true };
  const isSaid = error instanceof BuildBroken;
  return { failed: isSaid ? error.message : storeSentence(url, error), isPassing: isPassing(cause) };
}

run()
  .catch((error: unknown) => tell(failed(error)))
  .finally(() => port.close());
