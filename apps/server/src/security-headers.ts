import { type FastifyInstance, type FastifyReply } from 'fastify';

/** What answers tell browsers: keep nothing, guess nothing, show nothing in a frame, load nothing, tell nobody where from. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/**
 * Sets these for every answer, 401s too; the IDE's files have their own. No header opens anything to the pages of other
 * origins (CORS): browsers keep them out.
 */
export function setSecurityHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (_request, reply, next) => {
    addSecurityHeaders(reply);
    next();
  });
}

export const addSecurityHeaders = (reply: FastifyReply): void => void reply.headers(HEADERS);
