import { comparable } from '../instants.js';
import { type ReadModel } from '../read-model.js';

/**
 * What somebody knew at a moment: the records that rows of `model` say so of. It has a row for each record that somebody knew,
 * with the columns `recordId`, `partyId` (null: this house), `throughId` (the record that tells so), and `sinceEarliest`,
 * `sinceLatest` and `sinceStated` of the time since when.
 */
export interface Knower {
  model: ReadModel;
  /** Null: this house, which besides knows what it has recorded. */
  party: string | null;
  /** RFC 3339. */
  time: string;
}

/** What a knower's parameters stand for; the time in the form that columns have it, and as milliseconds. */
export function knowerNamed({ party, time }: Knower): Record<string, unknown> {
  return { knownParty: party, knownTime: comparable(time), knownMs: Date.parse(time) };
}
