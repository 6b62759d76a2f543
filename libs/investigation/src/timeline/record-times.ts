import { type Row } from '#read-models/read-model.js';
import { type FuzzyTimeReading, parseFuzzyTime } from '../values/fuzzy-time.js';

/**
 * The times that records tell of themselves, the one that says best when it occurred first: in the world, then as observed, said or
 * told, then as learned: what was done when it was applied, opened, collected or published. Where none of these is stated, when it was
 * decided, ended or obtained. When something was recorded, acknowledged or falls due is none of them.
 */
export const TIMES = [
  'occurredAt',
  'appliedAt',
  'proposedAt',
  'openedAt',
  'engagedAt',
  'collectedAt',
  'releasedAt',
  'publishedAt',
  'publishedAtInferred',
  'issuedAt',
  'period',
  'observedAt',
  'firstSeenAt',
  'lastSeenAt',
  'statedAt',
  'reportedAt',
  'assessedAt',
  'since',
  'learnedAt',
  'approvedAt',
  'rejectedAt',
  'liftedAt',
  'closedAt',
  'endedAt',
  'obtainedAt',
];

/** The first time that a record states, and which of its fields it is; null where it states none. */
export function timeOf(row: Row): { field: string; time: FuzzyTimeReading } | null {
  for (const field of TIMES) {
    const time = reading(row[field]);
    if (time && time.stated !== 'NOT_STATED') return { field, time };
  }
  return null;
}

/** A time as a row keeps it: read already, or one that was inferred, as text beside the words it was inferred from. */
function reading(value: unknown): FuzzyTimeReading | null {
  if (typeof value !== 'object' || value === null) return null;
  if ('stated' in value) return value as FuzzyTimeReading;
  return 'time' in value ? parseFuzzyTime(value.time as string) : null;
}
