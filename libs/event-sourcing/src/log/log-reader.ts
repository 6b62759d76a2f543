import { type MessagePort } from 'node:worker_threads';
import { type EventLogReader } from './event-log.js';
import { type EventStoreReaderHandle } from './eventstoredb/event-store-reader.js';
import { openSqliteLogReader, type SqliteReaderHandle } from './sqlite/reader.js';

/** What a thread is given to read and follow the log by itself, whichever engine keeps it. */
export type LogReaderHandle = SqliteReaderHandle | EventStoreReaderHandle;

/** Opens a reader in this thread. Rejects with `LogCannotOpen` or `LogUnavailable`. */
export async function openLogReader(handle: LogReaderHandle): Promise<EventLogReader> {
  if (!('url' in handle)) return openSqliteLogReader(handle);
  // The client of its server is large, and most do without.
  const { openEventStoreReader } = await import('./eventstoredb/event-store-reader.js');
  return openEventStoreReader(handle);
}

/** What of a handle must be transferred to the thread, not copied. */
export const transferredOf = (handle: LogReaderHandle): MessagePort[] =>
  'wake' in handle && handle.wake ? [handle.wake] : [];

/** The handle for a thread that looks by itself whether there is more: what would wake it is closed. */
export function withoutWake(handle: LogReaderHandle): LogReaderHandle {
  for (const port of transferredOf(handle)) port.close();
  if ('wake' in handle) delete handle.wake;
  return handle;
}
