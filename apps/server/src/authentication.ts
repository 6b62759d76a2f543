import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Authenticator } from '#access/authenticator.js';
import { type Principal } from '#access/principal.js';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null;
  }
}

const PUBLIC = new Set(['/health/live', '/health/ready', '/graphiql']);
/** The IDE's own files: plain names only, so that no spelling of a path reaches anything else. */
const IDE_ASSET = /^\/graphiql\/(?!.*\.\.)[\w.-]+(\/[\w.-]+)*$/;

/** True for the few paths that anybody may read, spelled exactly so. */
export function isPublic(url: string): boolean {
  const path = url.split('?', 1)[0];
  return PUBLIC.has(path) || IDE_ASSET.test(path);
}

/**
 * Every request to any other path, existing or not, is answered 401 and no byte more unless it carries a live key or a good
 * token. Nothing but the `Authorization` header is looked at: paths and query strings are kept in logs.
 */
export function requirePrincipal(fastify: FastifyInstance, authenticator: Pick<Authenticator, 'verify'>): void {
  fastify.decorateRequest('principal', null);
  fastify.addHook('onRequest', (request, reply, next) => {
    const open = (principal: Principal | null): void => {
      if (principal) request.principal = principal;
      else if (!isPublic(request.raw.url ?? '')) return unauthenticated(request, reply);
      next();
    };
    const verified = authenticator.verify(request.headers.authorization);
    if (!(verified instanceof Promise)) return open(verified);
    // Who it is was known and could not be recorded: nothing is opened, and the client may try again.
    verified.then(open, () => void reply.status(503).header('retry-after', '5').send());
  });
}

/** 401 without a body. The header says what is missing. */
export function unauthenticated({ headers }: Pick<FastifyRequest, 'headers'>, reply: FastifyReply): void {
  const problem =
    headers.authorization === undefined
      ? ''
      : ', error="invalid_token", error_description="no live key and no good token"';
  void reply.status(401).header('www-authenticate', `Bearer realm="caseledger"${problem}`).send();
}
