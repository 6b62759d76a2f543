import pg from 'pg';
import { shownAddress } from '#event-sourcing/log/eventstoredb/address.js';
import { type StoreFaults } from '../projecting/projected-store.js';
import { ReadStoreCannotOpen } from '../read-models.js';

/** Another projector has written the store since: what this one was about to write is not. */
export class PassedBy extends Error {
  constructor(schema: string) {
    super(`Another process writes the read store ${schema}: let only one server follow the log for it.`);
  }
}

/** Classes of SQLSTATE that say nothing against what was asked: connection, resources, operator intervention, system. */
const PASSING = /^(?:08|53|57|58)/;
/** A transaction that met another one, or a database that is read only for a while (a standby). */
const MET = ['40001', '40P01', '25006', '55P03'];
const CANCELLED = '57014';

const stateOf = (error: unknown): string | undefined => (error instanceof pg.DatabaseError ? error.code : undefined);

/** A table or a schema that is not there: somebody removed it from the database. */
const REMOVED = ['42P01', '3F000'];

export const isRemoved = (error: unknown): boolean => REMOVED.includes(stateOf(error) ?? '');

/** The server ended the statement at its time limit. */
export const isCancelled = (error: unknown): boolean => stateOf(error) === CANCELLED;

/** What the driver and the network say when a server is not there, goes away or does not answer. */
const AWAY =
  /^(?:Connection terminated|Client has encountered|Client was closed|timeout expired|timeout exceeded when trying to connect|Query read timeout)/;

/** Of several addresses that were tried, each has its own. */
const errorsOf = (error: unknown): unknown[] => (error as Partial<AggregateError> | null)?.errors ?? [];

/** A connection on which this was thrown is of no use any more. */
export function isLost(error: unknown): boolean {
  const state = stateOf(error);
  if (state !== undefined) return /^(?:08|57P)/.test(state);
  if (errorsOf(error).some(isLost)) return true;
  const { message = '', code = '' } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  return AWAY.test(message) || /^E[A-Z]+$/.test(code);
}

/** Nothing came back from the server, or that it is going away or full: it can succeed when tried again. */
export function isPassing(error: unknown): boolean {
  const state = stateOf(error);
  if (state !== undefined) return PASSING.test(state) || MET.includes(state);
  return error instanceof PassedBy || isLost(error);
}

/** The remedy for everything that is wrong with a store's content. */
export const rebuildRemedy = (schema: string): string =>
  `drop the schema ${schema} and start again: it is rebuilt from the log`;

function messageOf(error: unknown): string {
  const [first] = errorsOf(error);
  if (first) return messageOf(first);
  return (error as Partial<Error> | null)?.message ?? String(error);
}

/** One sentence: what is wrong with the database or a store in it, and what to do. Never with a password. */
export function storeSentence(url: string, error: unknown): string {
  const [at, cause] = [`The read store ${shownAddress(url)}`, messageOf(error)];
  switch (stateOf(error)) {
    case '28P01':
    case '28000':
      return `${at} refuses this user (${cause}): set READ_STORE to a user and password that it takes.`;
    case '3D000':
      return `${at} cannot be used (${cause}): create the database, or set READ_STORE to one that exists.`;
    case '42501':
      return `${at} cannot be written (${cause}): GRANT CREATE ON DATABASE to its user, who must own the schemas caseledger and caseledger_read_….`;
    case '53100':
      return `The disk that holds the read store ${shownAddress(url)} is full: free some space on it; nothing recorded is lost.`;
    case '53300':
      return `${at} takes no more connections (${cause}): raise its max_connections, or let go of others.`;
    case '42P01':
    case '3F000':
      return `${at} was removed from its database (${cause}): drop what is left of its schema and start again; it is rebuilt from the log.`;
    default:
      return isLost(error)
        ? `${at} cannot be reached (${cause}): start PostgreSQL there, or set READ_STORE to where it runs.`
        : `${at} cannot be used (${cause}): remove the cause and start again.`;
  }
}

/** What errors of a store in this database mean to its projector. */
export const faultsOf = (url: string): StoreFaults => ({
  isPassing,
  sentence: (error) =>
    error instanceof ReadStoreCannotOpen || error instanceof PassedBy ? error.message : storeSentence(url, error),
});

/** The error for whoever opens what is kept in a database: one that says itself what is wrong, or with the sentence of `storeSentence`. */
export const cannotOpen = (url: string, error: unknown): ReadStoreCannotOpen =>
  error instanceof ReadStoreCannotOpen ? error : new ReadStoreCannotOpen(storeSentence(url, error), { cause: error });
