import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type IncomingMessage } from 'node:http';
import { type Authenticator } from '#access/authenticator.js';
import { requestIdOf } from '#api/request-trace.js';
import { answerUnroutable, requirePrincipal } from './authentication.js';
import { type Config } from './config.js';
import { endConnections } from './ending.js';
import { type Instruments } from './instruments.js';
import { type Denied } from './noted-denials.js';
import { logRequests, tellRequestId, tellRequestIds } from './logging/request-log.js';
import { addSecurityHeaders, setSecurityHeaders } from './security-headers.js';
import { answerUnreadable } from './unreadable.js';

/** How a process's HTTP server is made. */
export const httpOptions = (authenticator: Authenticator) => ({
  genReqId: ({ headers }: IncomingMessage): string => requestIdOf(headers),
  // A path that cannot be read is no way around the check for a key.
  frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    addSecurityHeaders(reply);
    tellRequestId(request, reply);
    answerUnroutable(authenticator, request, reply);
  },
  clientErrorHandler: answerUnreadable,
  // Milliseconds that a request may take to arrive whole.
  requestTimeout: 300_000,
});

/** What holds for every request, whatever is served. Before any route is added; returns what ends kept connections. */
export function prepare(
  fastify: FastifyInstance,
  config: Pick<Config, 'NODE_ENV'>,
  { logger, tracing }: Pick<Instruments, 'logger' | 'tracing'>,
  authenticator: Authenticator,
  denied: Denied,
): () => void {
  setSecurityHeaders(fastify);
  tellRequestIds(fastify);
  tracing?.requests(fastify);
  logRequests(fastify, logger);
  requirePrincipal(fastify, authenticator, { ide: config.NODE_ENV !== 'production', denied });
  return endConnections(fastify);
}

/** Not by Nest's own listen: it would log what is said in one sentence anyway. */
export async function listen(fastify: FastifyInstance, { PORT, HOST }: Pick<Config, 'PORT' | 'HOST'>): Promise<string> {
  const url = await fastify.listen({ port: PORT, host: HOST });
  return url.replace('[::1]', 'localhost');
}
