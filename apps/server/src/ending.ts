import { type FastifyInstance } from 'fastify';

/** How long requests under way may take once the server is to end, in milliseconds. */
const LONGEST = 10_000;

/**
 * Lets a server end though clients keep their connections open: call what it returns before closing. Requests under way
 * are answered, and each answer closes its connection. Call this before routes are added.
 */
export function endConnections(fastify: FastifyInstance): () => void {
  let ending = false;
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (ending) void reply.header('connection', 'close');
    done(null, payload);
  });
  return () => {
    ending = true;
    setTimeout(() => fastify.server.closeAllConnections(), LONGEST).unref();
  };
}
