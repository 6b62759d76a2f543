import { type GraphQLError } from 'graphql';
import { type AccessRecorder } from '#access/reads/access-recorder.js';
import { type Principal, type Scope } from '#access/principal.js';
import { lacking } from '#api/operation-rights.js';

/** Hears who was denied what outside of cases, as `GET /metrics`. */
export type Denied = (principal: Principal, what: string) => void;

export const notedIn =
  (reads: Pick<AccessRecorder, 'note'>): Denied =>
  (principal, what) =>
    reads.note(principal, { kind: 'DENIED', caseId: null, what });

/** Says why a credential is not good for `what`, which takes this scope, and has that noted; `subject` begins the sentence. */
export const noteLacking =
  (denied: Denied, scope: Scope, subject: string, what: string) =>
  (principal: Principal): GraphQLError | undefined => {
    const forbidden = lacking(principal, scope, subject);
    if (forbidden) denied(principal, what);
    return forbidden;
  };
