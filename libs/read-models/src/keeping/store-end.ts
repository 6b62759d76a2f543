import { type EventLogReader, type StoredEvent } from '#event-sourcing/log/event-log.js';

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

/** What a log is to a store that was built from it. */
export type LogStands =
  /** It holds what the store has seen, where the store says. */
  | 'there'
  /** It holds what the store has seen, at other places: it was copied to another engine or server. */
  | 'moved'
  /** It does not hold what the store has seen any more. */
  | { knowsMore: string };

/** How the log of a store stands to it; null where the store is another log's, or empty. */
export async function logStands(name: string, end: StoreEnd, log: EventLogReader): Promise<LogStands | null> {
  const { sequence, position, logId, lastId } = end;
  const { sequence: head } = await log.head();
  if (logId !== (await log.identity()) || sequence === 0) return null;
  if (sequence > head) return { knowsMore: `${name} has seen sequence ${sequence}, and the log ends at ${head}` };
  const found = await log.readEvents([{ sequence, position }]).catch((error: unknown) => {
    if (error instanceof RangeError) return null;
    throw error;
  });
  const event = found ? found[0] : await counted(log, sequence);
  if (lastId !== null && lastId !== event?.id) {
    return { knowsMore: `${name} has seen another event at sequence ${sequence}` };
  }
  return found?.[0].position === position ? 'there' : 'moved';
}

/** The event with this sequence, whose place is not known. */
async function counted(log: EventLogReader, sequence: number): Promise<StoredEvent | undefined> {
  let last: StoredEvent | undefined;
  for await (const page of log.readAll({ limit: sequence })) last = page.at(-1);
  return last;
}
