import { type Checkpoint } from '../event-log.js';

/** A place counted up to, and what is known of it. */
export interface CountedPlace extends Checkpoint {
  /** The event that stands there. */
  eventId?: string;
  /** Up to here nothing of ours came behind it: others' events need not be looked through again. */
  scanned?: string;
}
