import { createReadStream } from 'node:fs';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ideAssets, ideDocument } from './assets.js';
import { type PreparedQuery, startScript } from './start-script.js';

export interface IdeOptions {
  /** Where the IDE is found, `/graphiql`; its assets are below it. */
  path: string;
  /** The queries it opens with, one window each; asked for at every start of the IDE if it is a function. */
  queries: readonly PreparedQuery[] | (() => readonly PreparedQuery[]);
  /** The path of GraphQL, `/graphql` unless given. */
  endpoint?: string;
  /** Answers for a file that the IDE has not; like any path that is not there, unless given. */
  missing?: (request: FastifyRequest, reply: FastifyReply) => void;
}

/** Nothing is fetched from elsewhere, whatever the IDE would like to. Its components carry their styles inline. */
const CONTENT_SECURITY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Serves a GraphQL IDE (Altair) from its installed package. It is public: it holds no data and no key. Opened as
 * `/graphiql#key=clk_…` it sends this key with every request; a fragment never reaches the server.
 */
export function registerIde(
  fastify: FastifyInstance,
  { path, queries, endpoint = '/graphql', missing = (_request, reply) => void reply.callNotFound() }: IdeOptions,
): void {
  const document = ideDocument(`${path}/`);
  for (const url of [path, `${path}/`]) {
    fastify.get(url, (_request, reply) =>
      reply
        .headers({ ...HEADERS, 'content-security-policy': CONTENT_SECURITY, 'cache-control': 'no-cache' })
        .type('text/html; charset=utf-8')
        .send(document),
    );
  }
  fastify.get(`${path}/start.js`, (_request, reply) => {
    const script = startScript(typeof queries === 'function' ? queries() : queries, endpoint);
    return reply
      .headers({ ...HEADERS, 'cache-control': 'no-cache' })
      .type('text/javascript; charset=utf-8')
      .send(script);
  });
  const assets = new Map(ideAssets().map((asset) => [asset.name, asset]));
  // One route for all: hundreds of them cost a start fifty milliseconds.
  fastify.get<{ Params: { '*': string } }>(`${path}/*`, (request, reply) => {
    const asset = assets.get(request.params['*']);
    if (!asset) return missing(request, reply);
    return reply
      .headers({ ...HEADERS, 'cache-control': 'max-age=3600' })
      .type(asset.type)
      .send(createReadStream(asset.file));
  });
}

const HEADERS = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };
