import { openEnvelope } from '#event-sourcing/envelope.js';
import { type Checkpoint, type EventLogReader, type StoredEvent } from '#event-sourcing/log/event-log.js';

/** How far something that follows the log is behind it. */
export interface Lag {
  events: number;
  /** Since when the first event that it has not seen has been waiting, by the clock, in seconds. */
  seconds: number;
}

const NONE: Lag = { events: 0, seconds: 0 };

/** How far a follower that has seen everything up to `checkpoint` is behind the log. */
export async function lagBehind(log: EventLogReader, checkpoint: Checkpoint, now = Date.now()): Promise<Lag> {
  const head = await log.head();
  if (checkpoint.sequence >= head.sequence) return NONE;
  for await (const [first] of log.readAll({ after: checkpoint, limit: 1 }))
    if (first) return { events: head.sequence - checkpoint.sequence, seconds: ageOf(first, now) };
  return NONE;
}

/** The age of the log's last event in seconds; null in an empty log. */
export async function headAge(log: EventLogReader, now = Date.now()): Promise<number | null> {
  for await (const [last] of log.readAll({ direction: 'backwards', limit: 1 })) if (last) return ageOf(last, now);
  return null;
}

/** Not below 0, though the clock may have been set back. */
const ageOf = (event: StoredEvent, now: number): number =>
  Math.max(0, now - Date.parse(openEnvelope(event, 0).recordedAt)) / 1_000;
