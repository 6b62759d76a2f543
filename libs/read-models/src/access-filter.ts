import { type Condition } from './condition.js';

/** What one principal may see. Every query passes it, now and as of: it is never versioned. */
export interface AccessFilter {
  /** Over the columns of the group's subject model, as the subject stands *now*; null for all subjects. */
  subjects: Condition | null;
  /** Streams whose names begin so do not exist for this principal, nor do their events. */
  hiddenStreamPrefixes: readonly string[];
}
