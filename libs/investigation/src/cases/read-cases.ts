import { type ReadPoint, type ReadSession } from '#read-models/read-session.js';
import { caseModel } from './case-read-model.js';

/** Reads cases that an answer tells of beside the one asked for, as any that is shown: so that it is recorded as read where that is. */
export async function readCases(ids: readonly string[], session: ReadSession, at: ReadPoint): Promise<void> {
  await Promise.all([...new Set(ids)].map((id) => session.subject(caseModel, { id }, at)));
}
