import { type Row } from '#read-models/read-model.js';
import { type ReadPoint, type ReadSession, type SubjectRow } from '#read-models/read-session.js';
import { type Case } from './case.js';

/** Where a case was read, kept beside its fields: what is nested in it is read there too. */
export interface ReadAt {
  session: ReadSession;
  at: ReadPoint;
  key: number;
}

const READ = Symbol('read at');

/** A case as GraphQL resolves it. */
export function caseNode(subject: SubjectRow, session: ReadSession, at: ReadPoint): Case {
  const node = subject.row as Row & { [READ]?: ReadAt };
  node[READ] = { session, at, key: subject.key };
  return node as unknown as Case;
}

/** Where this case was read. */
export const readAt = (node: Case): ReadAt => (node as unknown as { [READ]: ReadAt })[READ];
