import { type FastifyInstance } from 'fastify';
import { readiness, type ReadinessParts } from './readiness.js';

/** `/health/live`: the process answers. `/health/ready`: it can be used; else 503. A status and one word, no more. */
export function serveHealth(fastify: FastifyInstance, parts: ReadinessParts): void {
  fastify.get('/health/live', (_request, reply) => reply.type('text/plain').send('live'));
  fastify.get('/health/ready', async (_request, reply) => {
    const word = await readiness(parts);
    return reply
      .status(word === 'ready' ? 200 : 503)
      .type('text/plain')
      .send(word);
  });
}
