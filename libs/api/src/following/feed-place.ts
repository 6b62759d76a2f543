import { type FeedFilter } from '#read-models/read-session.js';
import { aheadOfLog, type OwnCursors } from '../cursors.js';
import { type FollowArgs } from './follow-args.js';

const FEED = 'events';

/** What tells feeds apart whose cursors do not fit each other. */
type Narrowed = Pick<FollowArgs, 'types' | 'cases'>;

const narrowed = ({ types, cases }: Narrowed): object | undefined =>
  types || cases ? { types: types ?? null, cases: cases ?? null } : undefined;

/** The cursor behind which a feed goes on, the same for all ways to follow it. */
export const feedCursor = (cursors: OwnCursors, sequence: number, args: Narrowed): string =>
  cursors.encode({ kind: FEED, sequence, position: sequence }, narrowed(args));

/** The sequence to go on after; `head` is the log's last. Refuses with CURSOR_INVALID. */
export function startOf({ after, ...args }: FollowArgs, cursors: OwnCursors, head: number): number {
  if (after === null || after === undefined) return 0;
  if (!/^\d{1,16}$/.test(after)) {
    return Number(cursors.decode(after, { kind: FEED, args: narrowed(args), head }).position);
  }
  const sequence = Number(after);
  return sequence <= head ? sequence : aheadOfLog(sequence, head);
}

/** What reads are told of a feed's arguments. */
export const filterOf = ({ types, cases }: Narrowed): FeedFilter => ({
  ...(types && { types }),
  ...(cases && { subjects: cases }),
});
