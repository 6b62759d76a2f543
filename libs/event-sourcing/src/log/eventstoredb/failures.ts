import { LogUnavailable } from '../errors.js';
import { ServerSilent } from './read-call.js';

/** gRPC status codes that tell something here. */
const INVALID_ARGUMENT = 3;
const NOT_FOUND = 5;
const PERMISSION_DENIED = 7;
const UNAUTHENTICATED = 16;
const UNKNOWN = 2;

/** An error as calls reject with: of the client's own classes, or raw while the server is down. */
interface CallError {
  code?: number;
  details?: string;
  message?: string;
  type?: string;
  metadata?: { get(name: string): (string | Buffer)[] };
}

const exceptionOf = (error: unknown): string => {
  const { metadata, type } = error as CallError;
  return String(metadata?.get?.('exception')?.[0] ?? type ?? '');
};

/** Another try cannot help: who we are is not known there, or may not do this. */
export function isDenied(error: unknown): boolean {
  const { code } = error as CallError;
  return code === PERMISSION_DENIED || code === UNAUTHENTICATED || exceptionOf(error) === 'access-denied';
}

/** The server knows no event at the position asked for. */
export function isWrongPlace(error: unknown): boolean {
  const { code, message = '', details = '' } = error as CallError;
  return (code === UNKNOWN || code === INVALID_ARGUMENT) && !/not ready|protocol error/i.test(message + details);
}

/** The server cannot begin a subscription behind the position asked for. */
export const isNoPlace = (error: unknown): boolean => (error as CallError).code === INVALID_ARGUMENT;

/** The stream was deleted on the server: somebody's doing, not ours. */
export const isDeleted = (error: unknown): boolean => exceptionOf(error) === 'stream-deleted';

/** Refused before anything was done: another node leads, or the server is not ready. */
export function isRefused(error: unknown): boolean {
  const { code, message = '', details = '' } = error as CallError;
  if (error instanceof ServerSilent) return false;
  if (exceptionOf(error) === 'not-leader' || code === NOT_FOUND) return true;
  return /not ready|ECONNREFUSED|no connection established|name resolution failed|failed to discover/i.test(
    message + details,
  );
}

/** What the client says around why it could not connect. */
const NOT_CONNECTED = /^No connection established\. Last error: Error: (.*?)\.? Resolution note:.*$/;

/** One line of what a call failed with. */
export function reasonOf(error: unknown): string {
  const { details, message } = error as CallError;
  return (details || message || String(error)).split('\n')[0].replace(NOT_CONNECTED, '$1').replace(/\.$/, '');
}

/** What a read rejects with when the server has stayed away for too long. */
export const cannotRead = (error: unknown): LogUnavailable =>
  new LogUnavailable(`The event log cannot be read at the moment: ${reasonOf(error)}.`, false, { cause: error });
