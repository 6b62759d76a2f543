import { type ReadPoint, type ReadSession, type SubjectRow } from '#read-models/read-session.js';
import { caseModel } from '../cases/case-read-model.js';
import { externalKey, type ExternalId } from './external-id.js';
import { referenceModel } from './reference-read-model.js';

/** The case that was called so in another system at that moment; null if there is none that may be seen. */
export async function caseReferredTo(id: ExternalId, session: ReadSession, at: ReadPoint): Promise<SubjectRow | null> {
  const standing = [
    { column: 'externalKey', op: 'eq', value: externalKey(id) },
    { column: 'status', op: 'eq', value: 'RECORDED' },
  ] as const;
  const { rows } = await session.recordsWhere(referenceModel, { and: standing }, { first: 1 }, at);
  return rows.length === 0 ? null : session.subject(caseModel, { id: rows[0].row.caseId as string }, at);
}
