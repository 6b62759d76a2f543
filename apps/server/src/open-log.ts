import { join } from 'node:path';
import { type EventLog } from '#event-sourcing/log/event-log.js';
import { shownAddress } from '#event-sourcing/log/eventstoredb/address.js';
import { PlaceNote } from '#event-sourcing/log/eventstoredb/place-note.js';
import { type LogReaderHandle } from '#event-sourcing/log/log-reader.js';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { type Config } from './config.js';

/** The log that a server runs on, whichever engine keeps it. */
export interface ServerLog extends EventLog {
  /** For a reader in another thread. */
  readerHandle(): LogReaderHandle;
  /** It takes appends at the moment, as far as is known. */
  readonly isWritable: boolean;
  /** Appends that wait for their answer, and the bytes of their payloads and metadata. */
  readonly waiting: { appends: number; bytes: number };
}

/** Opens the log that EVENT_LOG names. Rejects with `LogCannotOpen`. `onFatal`: an embedded log's writer has stopped. */
export async function openLog(config: Config, onFatal: (error: unknown) => void): Promise<ServerLog> {
  const { DATA_DIR: folder, EVENT_LOG: url, EVENT_LOG_PREFIX: prefix } = config;
  if (url === 'sqlite:') return openSqliteLog({ folder, onFatal });
  // Its client is large, and most servers do without.
  const { openEventStoreLog } = await import('#event-sourcing/log/eventstoredb/event-store-log.js');
  const note = new PlaceNote(join(folder, 'log-place.json'), `${shownAddress(url)} ${prefix}`);
  return openEventStoreLog({
    url,
    prefix,
    countFrom: note.read(),
    onCounted: (place) => note.keep(place),
    onClosed: () => note.close(),
  });
}
