import { type RecordedEnvelope } from '#event-sourcing/envelope.js';
import { type StoredEvent } from '#event-sourcing/log/event-log.js';
import { type Guards } from './guards.js';

/** An event with its envelope and, in its newest version, its payload. */
export interface ServedEvent {
  envelope: RecordedEnvelope;
  payload: Record<string, unknown>;
  stored: StoredEvent;
  /** What ids are withheld from the payload; in what is stored they stand. */
  hidden?: readonly string[] | null;
  /** Undefined where nothing stands around it. */
  guards?: Guards;
}
