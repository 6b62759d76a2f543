import { type Row } from '#read-models/read-model.js';
import { type FuzzyTimeReading } from '../values/fuzzy-time.js';

/**
 * The times that records tell of themselves, the one that says best when it occurred first: in the world, then as observed, said or
 * told, then as learned: what was done when it was applied, opened, collected or published. When something was recorded, acknowledged or falls due is none of them.
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
  'period',
  'observedAt',
  'statedAt',
  'reportedAt',
  'assessedAt',
  'since',
  'learnedAt',
];

/** The first time that a record states, and which of its fields it is; null where it states none. */
export function timeOf(row: Row): { field: string; time: FuzzyTimeReading } | null {
  for (const field of TIMES) {
    const time = row[field] as FuzzyTimeReading | null | undefined;
    if (time && typeof time === 'object' && 'stated' in time && time.stated !== 'NOT_STATED') return { field, time };
  }
  return null;
}
