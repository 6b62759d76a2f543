import { type Socket } from 'node:net';
import { type FastifyInstance } from 'fastify';

/** How long requests under way may take once the server is to end, in milliseconds. */
const LONGEST = 10_000;

/**
 * Lets a server end though clients keep their connections open: call what it returns before closing. Requests under way
 * are answered, and each answer closes its connection; connections that nothing was ever sent on, as browsers keep ready, are
 * not idle to Node, and are cut. Call this before routes are added.
 */
export function endConnections(fastify: FastifyInstance): () => void {
  let ending = false;
  const sockets = new Set<Socket>();
  fastify.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (ending) void reply.header('connection', 'close');
    done(null, payload);
  });
  // Also that of an answer that had begun by then. What is still being sent for it is read and dropped: a client that cannot
  // send on may not read either.
  fastify.addHook('onResponse', ({ raw }, _reply, done) => {
    if (ending) {
      raw.resume();
      raw.socket.end();
    }
    done();
  });
  return () => {
    ending = true;
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    setTimeout(() => fastify.server.closeAllConnections(), LONGEST).unref();
  };
}
