import { randomBytes } from 'node:crypto';
import { type IncomingHttpHeaders } from 'node:http';

/** A request as operators find it again: by its id in the server's log, by its trace context in traces and in the events it led to. */
export interface RequestTrace {
  id: string;
  /** W3C Trace Context, as the `traceparent` header has it. */
  traceparent: string | undefined;
}

const process = randomBytes(4).toString('hex');
let count = 0;

/** An id that no other request has, of this process or another. */
export const newRequestId = (): string => `${process}-${(++count).toString(36)}`;

const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** The client's own `x-request-id`, if it is one that can stand in a log; else a new one. */
export function requestIdOf({ 'x-request-id': given }: IncomingHttpHeaders): string {
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : newRequestId();
}

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}(-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2})(-.*)?$/;

/** The trace context of a request, in version 00; undefined if it has none, or one that is not well-formed. */
export function traceparentOf({ traceparent }: IncomingHttpHeaders): string | undefined {
  if (typeof traceparent !== 'string') return undefined;
  const [, fields, more] = TRACEPARENT.exec(traceparent) ?? [];
  // What follows belongs to versions that are not known yet.
  return fields === undefined || (more && traceparent.startsWith('00')) ? undefined : `00${fields}`;
}
