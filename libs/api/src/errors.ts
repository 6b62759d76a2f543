import { randomUUID } from 'node:crypto';
import { HttpException } from '@nestjs/common';
import { type ASTNode, GraphQLError, type GraphQLFormattedError } from 'graphql';
import {
  AppendTooLarge,
  LogDiskFull,
  LogDiskLow,
  LogOverloaded,
  LogUnavailable,
  WrongExpectedRevision,
} from '#event-sourcing/log/errors.js';
import { Refusal } from '#event-sourcing/refusal.js';
import { type Violation } from './violations.js';

/** An error as clients see it: `extensions.code` is one of docs/errors.md, the details stand beside it. */
export function apiError(code: string, message: string, details: Readonly<Record<string, unknown>> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...details } });
}

/** Told with `UNAUTHENTICATED` to whoever has followed until now. */
export const NO_LONGER = 'The key is valid no longer; come back with another.';

/** Codes of what passes: whoever follows may come back, and follow on. */
export const PASSING: readonly string[] = ['UNAVAILABLE', 'OVERLOADED'];

/** `VALIDATION_FAILED` with everything that is wrong with the input; `nodes` tell where in the document. */
export function invalid(violations: readonly Violation[], nodes: readonly ASTNode[] = []): GraphQLError {
  const first = violations[0]?.message ?? 'The input is not valid.';
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more, see extensions.violations)` : '';
  return new GraphQLError(`${first}${more}`, { nodes, extensions: { code: 'VALIDATION_FAILED', violations } });
}

/** Tells operators of an error that clients only get a reference to; `request` is the id of the request it came from, if known. */
export type Report = (error: unknown, reference: string, request: string | undefined) => void;

/** Turns whatever was thrown into what a client may see. What nobody expected is masked, and reported once under a reference. */
export class ErrorFormat {
  private readonly references = new WeakMap<object, string>();

  constructor(private readonly report: Report) {}

  format(error: unknown, request?: string): GraphQLFormattedError {
    const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
    const { message, extensions } = this.explain(cause, request);
    if (!(error instanceof GraphQLError)) return { message, extensions };
    const { locations, path } = error;
    return { message, ...(locations?.length && { locations }), ...(path && { path }), extensions };
  }

  private explain(
    error: unknown,
    request: string | undefined,
  ): { message: string; extensions: Record<string, unknown> } {
    const known = knownError(error);
    if (known) return { message: known.message, extensions: known.extensions };
    const reference = this.referenceOf(error, request);
    const message =
      'Something unexpected went wrong; the details are in the log of the server. ' +
      `A command may be sent again with the same commandId. Quote ${reference} when you report it.`;
    return { message, extensions: { code: 'INTERNAL', reference } };
  }

  private referenceOf(error: unknown, request: string | undefined): string {
    const known = typeof error === 'object' && error !== null ? this.references.get(error) : undefined;
    if (known !== undefined) return known;
    const reference = randomUUID();
    if (typeof error === 'object' && error !== null) this.references.set(error, reference);
    this.report(error, reference, request);
    return reference;
  }
}

const STATUS: Readonly<Record<string, number>> = {
  ...{ FORBIDDEN: 403, RATE_LIMITED: 429 },
  ...{ INTERNAL: 500, UNAVAILABLE: 503, OVERLOADED: 503 },
};

/** The status of an answer over HTTP that is nothing but this error, as formatted. */
export const statusOf = ({ extensions }: GraphQLFormattedError): number => STATUS[extensions?.code as string] ?? 400;

/** The code that an error is answered with. */
export const codeOf = (error: unknown): string =>
  (knownError(error)?.extensions.code as string | undefined) ?? 'INTERNAL';

/** What is meant for clients; undefined for anything else. */
function knownError(error: unknown): GraphQLError | undefined {
  if (error instanceof Refusal) return apiError(error.code, error.message, error.details);
  if (error instanceof GraphQLError) return typeof error.extensions?.code === 'string' ? error : undefined;
  if (error instanceof LogOverloaded) {
    return apiError(
      'OVERLOADED',
      'More is waiting to be stored than can be taken; nothing was stored. Try again soon.',
    );
  }
  if (error instanceof LogUnavailable) return unavailable(error);
  if (error instanceof AppendTooLarge) {
    const { bytes, allowed } = error;
    return apiError('LIMIT_EXCEEDED', `${error.message} Split the command.`, { bytes, allowed });
  }
  if (error instanceof WrongExpectedRevision) {
    return apiError('REVISION_CONFLICT', `${error.message} Read it again.`, { current: error.actual });
  }
  return error instanceof HttpException ? fromHttp(error) : undefined;
}

function unavailable(error: LogUnavailable): GraphQLError {
  if (error instanceof LogDiskFull) {
    const message =
      "The disk of the server's event log is full, and nothing was stored: have some space freed on it, then send this again with the same commandId.";
    return apiError('UNAVAILABLE', message);
  }
  if (error instanceof LogDiskLow) {
    const message =
      "The disk of the server's event log is nearly full, and nothing was stored: have some space freed on it, then send this again with the same commandId. Reading goes on.";
    return apiError('UNAVAILABLE', message);
  }
  if (!error.outcomeUnknown) {
    const message =
      'The event log cannot be used at the moment and nothing was stored; try again later, a command with the same commandId.';
    return apiError('UNAVAILABLE', message);
  }
  const message = 'It is not known whether this was stored; send it again with the same commandId to find out.';
  return apiError('UNAVAILABLE', message, { outcomeUnknown: true });
}

const HTTP_CODES: Readonly<Record<number, string>> = {
  400: 'VALIDATION_FAILED',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  413: 'LIMIT_EXCEEDED',
  503: 'UNAVAILABLE',
};

/** Guards and other parts of Nest throw these. */
function fromHttp(error: HttpException): GraphQLError | undefined {
  const code = HTTP_CODES[error.getStatus()];
  return code === undefined ? undefined : apiError(code, error.message);
}
