import { type ReadModel, type Row } from '#read-models/read-model.js';
import { type ReadPoint, type ReadSession, type RecordRow, type RecordsOptions } from '#read-models/read-session.js';
import { type Case } from '../cases/case.js';
import { type ReadAt, readAt } from '../cases/case-node.js';
import { readCases } from '../cases/read-cases.js';
import { mergeModel } from './merge-read-model.js';

/** More cases than this are not shown in one. */
export const MOST_MERGED = 1_000;

/** A case that was merged into another one at the moment read at. */
export interface MergedCase {
  id: string;
  /** What its records and its history are asked by. */
  key: number;
}

/** Of each case that was read, by the sequence looked at. */
const found = new WeakMap<object, Map<number, Promise<MergedCase[]>>>();

/**
 * The cases that were merged into this one at the moment it was read at, or at another one (that of an earlier page); those
 * only that may be seen. None, and that at once, as long as nothing was ever merged. What is theirs is read under their own
 * access filters.
 */
export function mergedInto(parent: Case, moment?: ReadPoint): readonly MergedCase[] | Promise<readonly MergedCase[]> {
  const { session, at: own } = readAt(parent);
  const at = moment ?? own;
  const any = session.holdsAny(mergeModel, at);
  if (any === false) return [];
  let moments = found.get(parent);
  if (!moments) found.set(parent, (moments = new Map<number, Promise<MergedCase[]>>()));
  let merged = moments.get(at.sequence);
  if (!merged) moments.set(at.sequence, (merged = look(parent.id, session, at, any)));
  return merged;
}

async function look(
  id: string,
  session: ReadSession,
  at: ReadPoint,
  any: true | Promise<boolean>,
): Promise<MergedCase[]> {
  if (!(await any)) return [];
  const into = { column: 'mergedInto', op: 'eq', value: id } as const;
  const { rows } = await session.recordsWhere(mergeModel, into, { first: MOST_MERGED }, at);
  const merged = rows.map(({ row, subjectKey }) => ({ id: row.id as string, key: subjectKey }));
  // What is theirs is shown from here on.
  await readCases(
    merged.map(({ id: other }) => other),
    session,
    at,
  );
  return merged;
}

/** Of the pages of several cases, all read from one place on, the page of them as one. */
export function union<R>(
  pages: readonly { rows: readonly R[]; hasNext: boolean }[],
  first: number,
  order: (one: R, other: R) => number,
): { rows: R[]; hasNext: boolean } {
  const rows = pages.flatMap((page) => page.rows).sort(order);
  return { rows: rows.slice(0, first), hasNext: rows.length > first || pages.some(({ hasNext }) => hasNext) };
}

/** A record as a case shows it: one that its own case is merged into, or its own. */
export const shownIn = (row: Row, merged: MergedCase | undefined): Row =>
  merged ? { ...row, mergedFrom: merged.id } : row;

/** A record, and where it is read: as one of its own case. */
export interface PlacedRecord extends RecordRow {
  read: ReadAt;
  /** The case that it stands in; absent: the one that it is shown in. */
  mergedCase?: MergedCase;
}

/** The page of the records of one kind of a case and of others that are merged into it, last changed first. */
export async function recordsOfAll(
  read: ReadAt,
  merged: readonly MergedCase[],
  readModel: ReadModel,
  request: RecordsOptions & { at: ReadPoint },
): Promise<{ rows: PlacedRecord[]; hasNext: boolean }> {
  const pageOf = async (key: number, mergedCase?: MergedCase) => {
    const { rows, hasNext } = await read.session.records(readModel, key, request, request.at);
    const placed = rows.map((one) => ({
      ...{ ...one, mergedCase, read: { ...read, key } },
      row: shownIn(one.row, mergedCase),
    }));
    return { rows: placed, hasNext };
  };
  // Waited for together: one that fails while another is waited for would be nobody's, and end the process.
  const pages = await Promise.all([pageOf(read.key), ...merged.map((one) => pageOf(one.key, one))]);
  return union(pages, request.first, (one, other) => other.v - one.v);
}
