import { type EventLogReader } from '#event-sourcing/log/event-log.js';

export interface StoredCheckpoint {
  sequence: number;
  position: string;
  /** Milliseconds; 0 before the first event. */
  logTime: number;
  logId: string;
}

/** A store's checkpoint with what its event index holds there. */
export interface StoreEnd extends StoredCheckpoint {
  /** The last sequence of the event index; 0 if it is empty. */
  lastIndexed: number;
  /** The id of the event at the checkpoint. */
  lastId: string | null;
}

/** Why a store was not built from this log as it stands; null if it was. Follows "The read store …". */
export async function wrongWithLog(end: StoreEnd, log: EventLogReader): Promise<string | null> {
  const { sequence, position, logId, lastIndexed, lastId } = end;
  const identity = await log.identity();
  if (logId !== identity) return `was built from another log (${logId}; this one is ${identity})`;
  const head = await log.head();
  if (sequence > head.sequence) {
    return `stands at sequence ${sequence}, and the log ends at ${head.sequence} (was a backup restored?)`;
  }
  if (lastIndexed !== sequence) return 'does not hold what its checkpoint says';
  if (sequence === 0) return null;
  const [last] = await log.readEvents([{ sequence, position }]);
  if (last.id === lastId) return null;
  return `has another event at sequence ${sequence} than the log (was a backup restored?)`;
}

/** What a store of this log has seen that the log does not hold any more; null if there is nothing. */
export async function knowsMore(name: string, end: StoreEnd, log: EventLogReader): Promise<string | null> {
  const { sequence, position, logId, lastId } = end;
  const { sequence: head } = await log.head();
  if (logId !== (await log.identity()) || sequence === 0) return null;
  if (sequence > head) return `${name} has seen sequence ${sequence}, and the log ends at ${head}`;
  const [event] = await log.readEvents([{ sequence, position }]);
  return lastId !== null && lastId !== event.id ? `${name} has seen another event at sequence ${sequence}` : null;
}
