import { type ReadPoint, type ReadSession, type SubjectRow } from '#read-models/read-session.js';
import { type KnownAsOfInput } from '../knowledge/known-as-of.js';
import { type Case } from './case.js';

/** Where a case was read, kept beside its fields: what is nested in it is read there too. */
export interface ReadAt {
  session: ReadSession;
  at: ReadPoint;
  key: number;
  /** Whose knowledge it was read by, if that was asked: lists bind their cursors to it. */
  known?: KnownAsOfInput;
}

const READ = Symbol('read at');

/** What the cursors of a list in a case are bound to beside the list's own arguments. */
export const boundTo = ({ key, known }: ReadAt): unknown => (known ? { key, known } : key);

/** A case or a record as GraphQL resolves it, with where it was read. */
export function nodeReadAt<N extends object>(row: object, read: ReadAt): N {
  const node = row as { [READ]?: ReadAt };
  node[READ] = read;
  return node as unknown as N;
}

/** A case as GraphQL resolves it. */
export function caseNode(
  subject: SubjectRow,
  session: ReadSession,
  at: ReadPoint,
  known: KnownAsOfInput | null = null,
): Case {
  return nodeReadAt(subject.row, { session, at, key: subject.key, ...(known && { known }) });
}

/** Where this case, or this record, was read. */
export const readAt = (node: object): ReadAt => (node as unknown as { [READ]: ReadAt })[READ];
