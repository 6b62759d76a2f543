import { type ReadPoint, type ReadSession, type SubjectRow } from '#read-models/read-session.js';
import { type Case } from './case.js';

/** Where a case was read, kept beside its fields: what is nested in it is read there too. */
export interface ReadAt {
  session: ReadSession;
  at: ReadPoint;
  key: number;
}

const READ = Symbol('read at');

/** A case or a record as GraphQL resolves it, with where it was read. */
export function nodeReadAt<N extends object>(row: object, read: ReadAt): N {
  const node = row as { [READ]?: ReadAt };
  node[READ] = read;
  return node as unknown as N;
}

/** A case as GraphQL resolves it. */
export function caseNode(subject: SubjectRow, session: ReadSession, at: ReadPoint): Case {
  return nodeReadAt(subject.row, { session, at, key: subject.key });
}

/** Where this case, or this record, was read. */
export const readAt = (node: object): ReadAt => (node as unknown as { [READ]: ReadAt })[READ];
