import { fastify as createServer } from 'fastify';
import { Authenticator } from '#access/authenticator.js';
import { type Config } from './config.js';
import { Closing, openCore, type StartOptions } from './core-services.js';
import { serveHealth } from './health/serve-health.js';
import { httpOptions, listen, prepare } from './http-server.js';
import { type Instruments } from './instruments.js';
import { addGauges } from './metrics/gauges.js';
import { serveMetrics } from './metrics/serve-metrics.js';
import { type RunningServer } from './running-server.js';
import { software } from './software.js';

/** This process records nothing. */
const UNNOTED = (): void => undefined;

/**
 * A server with the role `projections` alone: it writes the read models, or stands by, and serves health and metrics. It takes
 * no commands and records nothing itself. Keys are taken; access tokens are not.
 */
export async function startProjections(
  config: Config,
  instruments: Instruments,
  onFatal: (error: unknown) => void,
  options: StartOptions = {},
): Promise<RunningServer> {
  const { logger, metrics, tracing } = instruments;
  const closing = new Closing();
  try {
    const core = await openCore(config, instruments, onFatal, options, closing);
    const authenticator = new Authenticator(core.keys, null);
    const fastify = createServer(httpOptions(authenticator));
    closing.push(() => fastify.close());
    const endKeptConnections = prepare(fastify, config, instruments, authenticator, UNNOTED);
    const parts = { ...core, longestLag: config.READY_LAG_S };
    serveHealth(fastify, parts);
    addGauges(metrics.registry, { ...parts, software, subscribers: () => ({}) });
    serveMetrics(fastify, metrics.registry, UNNOTED);
    await core.begun;
    const url = await listen(fastify, config);
    return {
      logger,
      url,
      paths: { Health: '/health/ready', Metrics: '/metrics' },
      firstKey: undefined,
      close: async () => {
        endKeptConnections();
        await closing.close().finally(() => tracing?.close());
      },
    };
  } catch (error) {
    return closing.closeAfter(error);
  }
}
