import { type FastifyInstance } from 'fastify';
import { type ReadModels } from '#read-models/read-models.js';

/** `/health/live`: the process answers. `/health/ready`: it can be used; else 503. A status and one word, no more. */
export function serveHealth(fastify: FastifyInstance, readModels: Pick<ReadModels, 'status'>): void {
  fastify.get('/health/live', (_request, reply) => reply.type('text/plain').send('live'));
  fastify.get('/health/ready', (_request, reply) => {
    const { state } = readModels.status();
    const ready = state === 'live' || state === 'building';
    return reply
      .status(ready ? 200 : 503)
      .type('text/plain')
      .send(ready ? 'ready' : state);
  });
}
