import { type MessagePort } from 'node:worker_threads';
import { type EventLogReader } from './event-log.js';
import { type EventStoreReaderHandle } from './eventstoredb/event-store-reader.js';
import { openSqliteLogReader, type SqliteReaderHandle } from './sqlite/reader.js';

/** What a thread is given to read and follow the log by itself, whichever engine keeps it. */
export type LogReaderHandle = SqliteReaderHandle | EventStoreReaderHandle;

/** Whether the log is a server's. */
export const isRemote = (handle: LogReaderHandle): handle is EventStoreReaderHandle => 'url' in handle;

/** Loads what reads a server's log: its client is large, and most do without. */
export const loadRemoteReader = () => import('./eventstoredb/event-store-reader.js');

/** Opens a reader in this thread. Rejects with `LogCannotOpen` or `LogUnavailable`. */
export async function openLogReader(handle: LogReaderHandle): Promise<EventLogReader> {
  if (!isRemote(handle)) return openSqliteLogReader(handle);
  return (await loadRemoteReader()).openEventStoreReader(handle);
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
