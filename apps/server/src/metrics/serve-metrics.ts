import { type FastifyInstance } from 'fastify';
import { type Registry } from 'prom-client';
import { requireScope } from '../authentication.js';
import { type Denied } from '../noted-denials.js';

/** `/metrics`, as Prometheus reads it, for credentials with the scope `OPERATIONS`. */
export function serveMetrics(fastify: FastifyInstance, registry: Registry, denied: Denied): void {
  fastify.get('/metrics', { onRequest: requireScope('OPERATIONS', 'Metrics are', denied) }, async (_request, reply) => {
    const text = await registry.metrics();
    return reply.type(registry.contentType).send(text);
  });
}
