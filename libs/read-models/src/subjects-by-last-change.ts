import { takenApart } from './condition.js';
import { type PinnedReads } from './pinned-reads.js';
import { type Access } from './queries/access-sql.js';
import { boundOf, VERSIONS_PER_EVENT } from './versions.js';
import { subjectsByLastChange as statementOf } from './queries/subject-queries.js';
import { type ReadModel, type Row } from './read-model.js';
import { type ReadPoint } from './read-points.js';
import { type SubjectsOptions } from './subjects-options.js';

export type SubjectCells = [v: number, key: number, revision: number, row: Row, restricted?: 0 | 1];

/**
 * Events that a list with a condition looks back over in this thread before it leaves the rest to a reader thread: at
 * worst as many subjects, some 3 ms. Most pages are full by then, and the hop to a thread costs as much as the page.
 */
const RECENT_EVENTS = 1_024;

/** One row more than the page holds, if there are so many; in no order. */
export async function subjectsByLastChange(
  reads: PinnedReads,
  access: Access,
  model: ReadModel,
  { where: condition, first, after = Infinity }: SubjectsOptions,
  at: ReadPoint,
): Promise<SubjectCells[]> {
  const [where, values] = takenApart(condition);
  const most = first + 1;
  const read = (limit: number, below: number, floor: number | null): Promise<SubjectCells[]> =>
    reads.rows({
      at,
      shape: `subjects ${model.name} ${below < Infinity} ${floor !== null} ${JSON.stringify(where)}`,
      compile: (compilation, now) =>
        statementOf(compilation, { model, access, now, where, after: below < Infinity, recent: floor !== null }),
      named: { limit, floor },
      values,
      after: below,
      effort: selective && floor === null ? 'long' : 'short',
    }) as Promise<SubjectCells[]>;

  const selective = where !== null || access.selective;
  if (!selective) return read(most, after, null);
  const floor = Math.min(after, boundOf(at.sequence)) - RECENT_EVENTS * VERSIONS_PER_EVENT;
  const recent = await read(most, after, floor);
  if (recent.length === most || floor <= 0) return recent;
  return [...recent, ...(await read(most - recent.length, floor, null))];
}
