import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { type ProjectionGroup } from '../read-model.js';
import { Projection } from './projection.js';
import { checkGroup } from './schema.js';
import { openStoreForWriting } from './store-file.js';

/**
 * Builds a store in `file` from the log as it stands, in this thread: for replays and comparisons.
 * Throws `EventNotApplied` and `ReadStoreCannotOpen`.
 */
export async function rebuildStore(
  file: string,
  log: EventLogReader,
  group: ProjectionGroup,
  registry: EventRegistry,
): Promise<void> {
  checkGroup(group);
  const db = openStoreForWriting(file, group, await log.identity());
  try {
    const projection = new Projection(db, group, registry);
    for await (const events of log.readAll({ after: projection.checkpoint })) projection.apply(events);
  } finally {
    db.close();
  }
}
