import { type ServedEvent } from './served-event.js';
import { type Row } from './read-model.js';

/** Hears what the answers to one principal are made of. */
export interface ReadObserver {
  /** Rows of subjects; `restricted` are the ids of those that are not open to all who read by right. */
  subjects(rows: readonly Row[], restricted: readonly string[]): void;
  /** So many records of a subject; `walled` are the ids of those with walls around them. */
  records(count: number, subjectId: string | undefined, walled: readonly string[]): void;
  events(events: readonly ServedEvent[]): void;
}
