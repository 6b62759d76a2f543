import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type IncomingMessage } from 'node:http';
import { requestIdOf } from '#api/request-trace.js';
import { assertEveryFieldHasValidator } from '#api/input-fields.js';
import { PrincipalLoad } from '#api/graphql/principal-load.js';
import { registerIde } from '#api/ide/ide.js';
import { type Logger } from 'pino';
import { issueFirstKey } from './admin-key.js';
import { AppModule, mutations } from './app.module.js';
import { requirePrincipal, unauthenticated } from './authentication.js';
import { type Config } from './config.js';
import { endConnections } from './ending.js';
import { serveEvents } from './events.js';
import { serveHealth } from './health/serve-health.js';
import { openInstruments } from './instruments.js';
import { NestLogger } from './logging/nest-logger.js';
import { logRequests, tellRequestIds } from './logging/request-log.js';
import { addGauges } from './metrics/gauges.js';
import { serveMetrics } from './metrics/serve-metrics.js';
import { setSecurityHeaders } from './security-headers.js';
import { preparedQueries } from './prepared-queries.js';
import { answerUnreadable } from './unreadable.js';
import { openServices, type StartOptions } from './services.js';

export interface RunningServer {
  /** What it tells operators from now on. */
  logger: Logger;
  /** `http://127.0.0.1:4000`: where it listens. */
  url: string;
  /** The first administrator's key, if it was issued at this start. */
  firstKey: string | undefined;
  /** Takes nothing new, finishes what runs, lets go of the folder. */
  close(): Promise<void>;
}

/** Starts everything on the configured folder and port. Rejects with a sentence that names cause and remedy. */
export async function startServer(
  config: Config,
  onFatal: (error: unknown) => void,
  options?: StartOptions,
): Promise<RunningServer> {
  const instruments = await openInstruments(config);
  const { logger, metrics, tracing } = instruments;
  const services = await openServices(config, instruments, onFatal, options);
  let app: NestFastifyApplication | undefined;
  try {
    const adapter = new FastifyAdapter({
      genReqId: ({ headers }: IncomingMessage) => requestIdOf(headers),
      // A path that cannot be read is no way around the check for a key.
      frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) => unauthenticated(request, reply),
      clientErrorHandler: answerUnreadable,
    });
    const fastify = adapter.getInstance();
    setSecurityHeaders(fastify);
    tellRequestIds(fastify);
    tracing?.requests(fastify);
    logRequests(fastify, logger);
    requirePrincipal(fastify, services.authenticator, { ide: config.NODE_ENV !== 'production' });
    const load = new PrincipalLoad(config.RATE_LIMIT);
    const endKeptConnections = endConnections(fastify);
    app = await NestFactory.create<NestFastifyApplication>(AppModule.over(services, config, load), adapter, {
      logger: new NestLogger(logger),
    });
    await app.init();
    for (const { input } of mutations) assertEveryFieldHasValidator(input);
    const longestLag = config.READY_LAG_S;
    serveHealth(fastify, { ...services, longestLag });
    addGauges(metrics.registry, { ...services, longestLag, subscribers: () => services.feed.byTransport });
    serveMetrics(fastify, metrics.registry);
    serveEvents(fastify, services, load);
    registerIde(fastify, { path: '/graphiql', queries: preparedQueries });
    await services.begun;
    // Not by Nest's own listen: it would log what is said in one sentence anyway.
    const url = await fastify.listen({ port: config.PORT, host: config.HOST });
    // Only now: a start that fails on its port must not use up the one showing of the key.
    const firstKey = await issueFirstKey(config.DATA_DIR, services.logId, services.keys, services.commands);
    const running = app;
    return {
      logger,
      url: url.replace('[::1]', 'localhost'),
      firstKey,
      close: async () => {
        endKeptConnections();
        await services.feed.close();
        await running.close();
        await services.close();
        await tracing?.close();
      },
    };
  } catch (error) {
    await app?.close();
    await services.close();
    throw error;
  }
}
