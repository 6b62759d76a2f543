import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { ReadStoreCannotOpen } from '../read-models.js';
import { removeStore } from './rebuild.js';
import { openStoreForReading, readCheckpoint } from './store-file.js';
import { findStores } from './stores.js';

export interface OlderLogOptions {
  /** The read stores that know more are removed, to be built anew; else they are a reason not to start. */
  accept: boolean;
  /** Told what is given up. */
  warn: (message: string) => void;
}

/**
 * Refuses a log that is older than its read stores have seen: a backup was restored by hand, or its end was cut off. The
 * recorded head is the furthest checkpoint of a read store of this very log. Rejects with `ReadStoreCannotOpen`.
 */
export async function checkRecordedHead(
  folder: string,
  log: EventLogReader,
  { accept, warn }: OlderLogOptions,
): Promise<void> {
  const { sequence: head } = await log.head();
  for (const { store: file } of findStores(folder)) {
    const why = await knowsMore(file, log, head);
    if (!why) continue;
    if (!accept) {
      throw new ReadStoreCannotOpen(
        `The log is older than what was recorded: ${why}. Put the newer log back; or, if what came after is to be given up ` +
          '(a backup was restored), start once with --accept-older-log: the read models are then built anew.',
      );
    }
    removeStore(file);
    warn(`An older log is accepted, as --accept-older-log says: ${why}. ${file} was removed and is built anew.`);
  }
}

/** Null where the store is behind this log or level with it, or is not this log's, or cannot be read: others say that better. */
async function knowsMore(file: string, log: EventLogReader, head: number): Promise<string | null> {
  let db: ReturnType<typeof openStoreForReading> | undefined;
  try {
    db = openStoreForReading(file);
    const { sequence, position, logId } = readCheckpoint(db);
    if (logId !== (await log.identity()) || sequence === 0) return null;
    if (sequence > head) return `${file} has seen sequence ${sequence}, and the log ends at ${head}`;
    const [event] = await log.readEvents([{ sequence, position }]);
    const seen = db.prepare('SELECT id FROM events WHERE sequence = ?').get(sequence) as { id: string } | undefined;
    return seen && seen.id !== event.id ? `${file} has seen another event at sequence ${sequence}` : null;
  } catch {
    return null;
  } finally {
    db?.close();
  }
}
