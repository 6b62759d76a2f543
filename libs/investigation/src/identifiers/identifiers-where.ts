import { type Condition } from '#read-models/condition.js';
import { type ReadPoint, type ReadSession } from '#read-models/read-session.js';
import { type FoundRecords } from '#read-models/record-reads.js';
import { identifierModel } from './identifier-read-model.js';

/** So many are read at once. */
const PAGE = 200;

/** All identifiers of whatever case for which a condition holds, last changed first; as many are read as are taken. */
export async function* identifiersWhere(
  session: ReadSession,
  condition: Condition,
  at: ReadPoint,
): AsyncGenerator<FoundRecords['rows'][number]> {
  for (let after: number | undefined, more = true; more;) {
    const { rows, hasNext } = await session.recordsWhere(identifierModel, condition, { first: PAGE, after }, at);
    yield* rows;
    after = rows.at(-1)?.v;
    more = hasNext;
  }
}
