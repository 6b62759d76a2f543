import { type FeedFilter } from '#read-models/read-session.js';
import { aheadOfLog, type OwnCursors } from '../cursors.js';
import { type FollowArgs } from './follow-args.js';

const FEED = 'events';

/** The cursor behind which a feed goes on, the same for all ways to follow it and whatever is asked for from there. */
export const feedCursor = (cursors: OwnCursors, sequence: number): string =>
  cursors.encode({ kind: FEED, sequence, position: sequence });

/** The sequence to go on after; `head` is the log's last. Refuses with CURSOR_INVALID. */
export function startOf({ after }: Pick<FollowArgs, 'after'>, cursors: OwnCursors, head: number): number {
  if (after === null || after === undefined) return 0;
  if (!/^\d{1,16}$/.test(after)) return Number(cursors.decode(after, { kind: FEED, head }).position);
  const sequence = Number(after);
  return sequence <= head ? sequence : aheadOfLog(sequence, head);
}

/** What reads are told of a feed's arguments. */
export const filterOf = ({ types, cases }: Pick<FollowArgs, 'types' | 'cases'>): FeedFilter => ({
  ...(types && { types }),
  ...(cases && { subjects: cases }),
});
