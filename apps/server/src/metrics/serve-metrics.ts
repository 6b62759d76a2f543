import { type FastifyInstance } from 'fastify';
import { type Registry } from 'prom-client';

/** `/metrics`, as Prometheus reads it. Like every path that is not public it needs a key. */
export function serveMetrics(fastify: FastifyInstance, registry: Registry): void {
  fastify.get('/metrics', async (_request, reply) => {
    const text = await registry.metrics();
    return reply.type(registry.contentType).send(text);
  });
}
