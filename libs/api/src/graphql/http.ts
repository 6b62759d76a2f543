import { STATUS_CODES } from 'node:http';
import { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { GraphQLError, OperationTypeNode } from 'graphql';
import { createHandler, type Response } from 'graphql-http';
import { apiError, type ErrorFormat, invalid, statusOf } from '../errors.js';
import { type AdmittedArgs, type Gate } from './gate.js';
import { BODY_LIMIT, type GraphQLServerOptions } from './server-options.js';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Serves GraphQL over HTTP by graphql-http, which knows the specification's statuses and media types. */
export function serveHttp(
  fastify: FastifyInstance,
  gate: Gate,
  errors: ErrorFormat,
  options: GraphQLServerOptions & { path: string },
): void {
  const limit = options.bodyLimit ?? BODY_LIMIT;
  const allowed = options.queriesByGet ? ['GET', 'POST'] : ['POST'];
  const handle = createHandler<FastifyRequest, undefined, Record<PropertyKey, unknown>>({
    execute: (args) => gate.execute(args as AdmittedArgs),
    formatError: (error) => {
      const known = error instanceof GraphQLError ? error : malformed(`${error.message}: ${ALLOWED}`);
      return errors.format(known) as unknown as Error;
    },
    onSubscribe: async ({ raw }, { query, operationName, variables }) => {
      const args = gate.admit({ query, operationName, variables }, raw.principal);
      if (args instanceof GraphQLError) return [args];
      if (args.prepared.type === OperationTypeNode.SUBSCRIPTION)
        return [malformed('Subscriptions are answered over WebSocket only.')];
      const contextValue = (await options.contextFor(raw)) as Record<PropertyKey, unknown>;
      return { ...args, contextValue };
    },
    // Answered here, as the handler's own way to JSON visits every value of the answer.
    onOperation: ({ headers, raw }, args, result) => {
      const { data, errors: thrown } = result;
      const formatted = thrown?.map((error) => errors.format(error, raw.id));
      const body = {
        ...(formatted && { errors: formatted }),
        data,
        extensions: options.extensionsFor?.(args.contextValue as object),
      };
      const type = mediaType(headers as { accept?: string });
      // By the media type's own rule; clients that accept the other one only read no answer of another status.
      const status = type === GRAPHQL_TYPE && data === undefined && formatted?.[0] ? statusOf(formatted[0]) : 200;
      return [JSON.stringify(body), answer(status, type)];
    },
  });

  fastify.route({
    method: METHODS,
    url: options.path,
    bodyLimit: limit,
    handler: async (request, reply) => {
      const { url, method, body } = request;
      // What stands in an address is kept in logs and histories: by GET only where that was chosen.
      if (!allowed.includes(method)) {
        return send(reply, 405, { allow: allowed.join(', ') }, JSON.stringify({ errors: [errors.format(BY_POST)] }));
      }
      const headers = { ...request.headers, 'content-type': unquoted(request.headers['content-type']) };
      const [text, init] = await handle({ url, method, headers, body, raw: request, context: undefined } as never);
      return send(reply, init.status, init.headers, text ?? JSON.stringify({ errors: [refused(init)] }));
    },
    errorHandler: (error: FastifyError, { id }, reply) => {
      const known = bodyError(error, limit) ?? error;
      const status = known === error ? 500 : (error.statusCode ?? 400);
      const body = JSON.stringify({ errors: [errors.format(known, id)] });
      void send(reply, status, { 'content-type': JSON_TYPE }, body);
    },
  });
}

const ALLOWED =
  'a request has a query (text) and, if need be, an operationName (text) and variables (an object), as a JSON body.';
const BY_POST = malformed('Send the request by POST, with a JSON body.');
const JSON_TYPE = 'application/json; charset=utf-8';
const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';

/** As graphql-http reads a media type: a parameter's value may stand in quotes, which mean nothing. (RFC 9110, 5.6.6) */
const unquoted = (type: string | undefined): string | undefined => type?.replace(/="([^"\\;]*)"/g, '=$1');

/** What the request accepts of the two, by graphql-http's own reading: the first it knows. */
function mediaType({ accept = '*/*' }: { accept?: string }): string {
  for (const type of accept.replace(/\s/g, '').toLowerCase().split(',')) {
    if (type.startsWith('application/graphql-response+json')) return GRAPHQL_TYPE;
    if (/^(application\/(json|\*)|\*\/\*)/.test(type)) return JSON_TYPE;
  }
  return JSON_TYPE;
}

const answer = (status: number, type: string): Response[1] => ({
  status,
  statusText: STATUS_CODES[status] ?? '',
  headers: { 'content-type': type },
});

function send(reply: FastifyReply, status: number, headers: Record<string, string> | undefined, body: string) {
  return reply
    .status(status)
    .headers({ 'content-type': JSON_TYPE, ...headers })
    .send(body);
}

function malformed(message: string): GraphQLError {
  return invalid([{ path: '', code: 'REQUEST', message }]);
}

/** The handler refuses methods and media types without a word: say what is allowed. */
function refused({ status, headers }: Response[1]): GraphQLError {
  if (status === 406) return malformed(`Accept one of: ${headers?.accept}.`);
  return malformed('Send the request as application/json in UTF-8.');
}

/** What Fastify found wrong with the body before anyone else saw it. */
function bodyError({ code, statusCode, message }: FastifyError, limit: number): GraphQLError | undefined {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return apiError('LIMIT_EXCEEDED', `A request may have ${limit} bytes.`, { allowed: limit });
  }
  if (statusCode === 415) return malformed('Send the request as application/json in UTF-8.');
  return statusCode !== undefined && statusCode < 500
    ? malformed(`The body cannot be read: ${message.replace(/\.?$/, '')}.`)
    : undefined;
}
