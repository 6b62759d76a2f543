import { type FeedFilter, type ReadPoint, type ReadSession } from '#read-models/read-session.js';
import { aheadOfLog, type Cursor, ofLostPast, type OwnCursors } from '../cursors.js';
import { type FollowArgs } from './follow-args.js';

const FEED = 'events';

/** Behind which event a feed goes on, and when that was recorded, if it is known. */
export type FeedPosition = Pick<Cursor, 'sequence' | 'recordedAt'>;

/** Behind an event, or behind the moment that was read at. */
export const positionOf = ({ sequence, recordedAt }: Pick<ReadPoint, 'sequence' | 'recordedAt'>): FeedPosition => ({
  sequence,
  recordedAt: Date.parse(recordedAt),
});

/** Whichever is further on: the moment that was read at, or a place that the read models have not come to yet. */
export const furthest = (point: ReadPoint, reached: FeedPosition): FeedPosition =>
  point.sequence < reached.sequence ? reached : positionOf(point);

/** The cursor behind which a feed goes on, the same for all ways to follow it and whatever is asked for from there. */
export const feedCursor = (cursors: OwnCursors, { sequence, recordedAt }: FeedPosition): string =>
  cursors.encode({ kind: FEED, sequence, position: sequence, recordedAt });

/** Where to go on after. Refuses with CURSOR_INVALID, and with UNAVAILABLE what the read models have not reached. */
export async function startOf(
  { after }: Pick<FollowArgs, 'after'>,
  cursors: OwnCursors,
  session: Pick<ReadSession, 'head' | 'wasRecorded'>,
): Promise<FeedPosition> {
  if (after === null || after === undefined) return { sequence: 0 };
  const head = await session.head();
  if (!/^\d{1,16}$/.test(after)) return resumed(cursors.decode(after, { kind: FEED, head }), session);
  const sequence = Number(after);
  return sequence <= head ? { sequence } : aheadOfLog(sequence, head);
}

/** Where a cursor stands. Refuses with CURSOR_INVALID one behind an event that the log holds no more; UNAVAILABLE as above. */
export async function resumed(
  { sequence, recordedAt }: Cursor,
  session: Pick<ReadSession, 'wasRecorded'>,
): Promise<FeedPosition> {
  if (recordedAt !== undefined && !(await session.wasRecorded(sequence, recordedAt))) ofLostPast(sequence);
  return { sequence, recordedAt };
}

/** What reads are told of a feed's arguments. */
export const filterOf = ({ types, cases }: Pick<FollowArgs, 'types' | 'cases'>): FeedFilter => ({
  ...(types && { types }),
  ...(cases && { subjects: cases }),
});
