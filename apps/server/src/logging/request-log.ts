import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Logger } from 'pino';

/** Tells each client the id that its request is found by in the log of the server. */
export function tellRequestIds(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, next) => {
    tellRequestId(request, reply);
    next();
  });
}

export const tellRequestId = ({ id }: Pick<FastifyRequest, 'id'>, reply: FastifyReply): void =>
  void reply.header('x-request-id', id);

/** A line for each request that was answered, where the log's level has it. The address is without its query, which may hold a document. */
export function logRequests(fastify: FastifyInstance, logger: Logger): void {
  if (!logger.isLevelEnabled('info')) return;
  fastify.addHook('onResponse', (request, reply, done) => {
    const { id, method, raw } = request;
    const path = raw.url?.split('?', 1)[0];
    logger.info(
      { request: id, method, path, status: reply.statusCode, ms: milliseconds(reply.elapsedTime) },
      'request',
    );
    done();
  });
}

/** Rounded to microseconds. */
export const milliseconds = (time: number): number => Math.round(time * 1_000) / 1_000;
