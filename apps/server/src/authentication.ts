import { type FastifyInstance, type FastifyReply, type FastifyRequest, type onRequestHookHandler } from 'fastify';
import { type Authenticator } from '#access/authenticator.js';
import { type Principal, type Scope } from '#access/principal.js';
import { lacking } from '#api/operation-rights.js';
import { type Denied } from './noted-denials.js';

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null;
  }
}

const PUBLIC = new Set(['/health/live', '/health/ready']);
/** The IDE's own files: plain names only, so that no spelling of a path reaches anything else. */
const IDE_ASSET = /^\/graphiql\/(?!.*\.\.)[\w.-]+(\/[\w.-]+)*$/;

/** True for the few paths that anybody may read, spelled exactly so. */
export function isPublic(url: string, ide: boolean): boolean {
  const path = url.split('?', 1)[0];
  return PUBLIC.has(path) || (ide && isIde(path));
}

const isIde = (path: string): boolean => path === '/graphiql' || IDE_ASSET.test(path);

/**
 * Every request to any other path, existing or not, is answered 401 and no byte more unless it carries a live key or a good
 * token. Unless `ide` opens it to all, the IDE takes a credential with the scope `OPERATIONS`. Nothing but the `Authorization`
 * header is looked at: paths and query strings are kept in logs.
 */
export function requirePrincipal(
  fastify: FastifyInstance,
  authenticator: Pick<Authenticator, 'verify'>,
  { ide, denied }: { ide: boolean; denied: Denied },
): void {
  fastify.decorateRequest('principal', null);
  fastify.addHook('onRequest', (request, reply, next) => {
    const open = (principal: Principal | null): void => {
      const url = request.raw.url ?? '';
      request.principal = principal;
      // Nothing is there, or not by this method: a public path, too, tells no more of that than any other.
      if (!principal && (request.is404 || !isPublic(url, ide))) return unauthenticated(request, reply);
      // By the route it leads to, however the path is spelled.
      if (!ide && request.routeOptions.url?.startsWith('/graphiql') && !principal?.scopes.includes('OPERATIONS')) {
        if (principal) denied(principal, 'GET /graphiql');
        return void reply.status(403).send();
      }
      next();
    };
    whenKnown(authenticator, request, reply, open);
  });
}

function whenKnown(
  authenticator: Pick<Authenticator, 'verify'>,
  request: FastifyRequest,
  reply: FastifyReply,
  open: (principal: Principal | null) => void,
): void {
  const verified = authenticator.verify(request.headers.authorization);
  if (!(verified instanceof Promise)) return open(verified);
  // Who it is was known and could not be recorded: nothing is opened, and the client may try again.
  verified.then(open, () => void reply.status(503).header('retry-after', '5').send());
}

/** Answers a request for a path that cannot be read, which no hook sees, like one for a path without anything behind it. */
export function answerUnroutable(
  authenticator: Pick<Authenticator, 'verify'>,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  whenKnown(authenticator, request, reply, (principal) => {
    if (!principal) return unauthenticated(request, reply);
    // Whatever answers where nothing is found is not reached from here.
    const message = `Cannot ${request.method} ${request.url}`;
    void reply.status(404).send({ message, error: 'Not Found', statusCode: 404 });
  });
}

/** For a route that takes a credential with this scope: others are answered 403. `what` begins the sentence, like "Metrics are". */
export function requireScope(scope: Scope, what: string, denied: Denied): onRequestHookHandler {
  return (request, reply, next) => {
    const { principal, method } = request;
    const forbidden = lacking(principal ?? { scopes: [] }, scope, what);
    if (!forbidden) return next();
    if (principal) denied(principal, `${method} ${request.routeOptions.url}`);
    const { message, extensions } = forbidden;
    void reply.status(403).send({ errors: [{ message, extensions }] });
  };
}

/** What a path without anything behind it answers: 404 to whoever is known, and 401 to all others. */
export const notThere = (request: FastifyRequest, reply: FastifyReply): void =>
  request.principal ? void reply.callNotFound() : unauthenticated(request, reply);

/** 401 without a body. The header says what is missing. */
export function unauthenticated({ headers }: Pick<FastifyRequest, 'headers'>, reply: FastifyReply): void {
  const problem =
    headers.authorization === undefined
      ? ''
      : ', error="invalid_token", error_description="no live key and no good token"';
  void reply.status(401).header('www-authenticate', `Bearer realm="caseledger"${problem}`).send();
}
