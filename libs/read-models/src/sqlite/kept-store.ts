import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { type KeptStore, type StoreName } from '../keeping/store-place.js';
import { type ProjectionGroup } from '../read-model.js';
import { schemaOf } from './schema.js';
import { openStoreForReading, readCheckpoint } from './store-file.js';

/**
 * The store as it can be read by this software; null where it cannot: it is damaged, of another log or ahead of this one, or
 * lacks a table, column or index that its queries use.
 */
export function keptStore(
  name: StoreName,
  group: ProjectionGroup,
  log: { logId: string; head: number },
): KeptStore | null {
  try {
    const db = openStoreForReading(name.store);
    try {
      const { sequence, position, logId } = readCheckpoint(db);
      if (logId !== log.logId || sequence > log.head || sequence === 0 || !holdsAll(db, group)) return null;
      return { ...name, checkpoint: { sequence, position } };
    } finally {
      db.close();
    }
  } catch {
    return null;
  }
}

/** Whether a store has every table and column of the group's, and every index. */
function holdsAll(db: DatabaseSyncInstance, group: ProjectionGroup): boolean {
  const wanted = new DatabaseSync(':memory:');
  try {
    wanted.exec(schemaOf(group));
    const there = new Set(partsOf(db));
    return partsOf(wanted).every((part) => there.has(part));
  } finally {
    wanted.close();
  }
}

function partsOf(db: DatabaseSyncInstance): string[] {
  const found = db
    .prepare(
      `SELECT t.name || '.' || c.name || ' ' || c.type AS part FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'
       UNION ALL SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`,
    )
    .all() as { part: string }[];
  return found.map(({ part }) => part);
}
