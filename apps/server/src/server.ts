import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { assertEveryFieldHasValidator } from '#api/input-fields.js';
import { PrincipalLoad } from '#api/graphql/principal-load.js';
import { registerIde } from '#api/ide/ide.js';
import { issueFirstKey } from './admin-key.js';
import { AppModule } from './app.module.js';
import { notThere } from './authentication.js';
import { type Config } from './config.js';
import { Closing, type StartOptions } from './core-services.js';
import { serveEvents } from './events.js';
import { serveHealth } from './health/serve-health.js';
import { httpOptions, listen, prepare } from './http-server.js';
import { type Instruments, openInstruments } from './instruments.js';
import { NestLogger } from './logging/nest-logger.js';
import { addGauges } from './metrics/gauges.js';
import { serveImports } from './import.js';
import { serveMetrics } from './metrics/serve-metrics.js';
import { notedIn } from './noted-denials.js';
import { preparedQueries } from './prepared-queries.js';
import { startProjections } from './projections-server.js';
import { mutations } from './resolvers.js';
import { rolesOf } from './roles.js';
import { secretsFolder } from './secrets-folder.js';
import { openServices } from './services.js';
import { type RunningServer } from './running-server.js';

/** Starts what ROLES say on the configured folder and port. Rejects with a sentence that names cause and remedy. */
export async function startServer(
  config: Config,
  onFatal: (error: unknown) => void,
  options?: StartOptions,
): Promise<RunningServer> {
  const instruments = await openInstruments(config, options?.linesTo);
  const start = rolesOf(config).has('api') ? startApi : startProjections;
  return start(config, instruments, onFatal, options);
}

async function startApi(
  config: Config,
  instruments: Instruments,
  onFatal: (error: unknown) => void,
  options?: StartOptions,
): Promise<RunningServer> {
  const { logger, metrics, tracing } = instruments;
  const services = await openServices(config, instruments, onFatal, options);
  const closing = new Closing();
  closing.push(() => services.close());
  try {
    const adapter = new FastifyAdapter(httpOptions(services.authenticator));
    const fastify = adapter.getInstance();
    const denied = notedIn(services.reads);
    const endKeptConnections = prepare(fastify, config, instruments, services.authenticator, denied);
    const load = new PrincipalLoad(config.RATE_LIMIT);
    const app = await NestFactory.create<NestFastifyApplication>(AppModule.over(services, config, load), adapter, {
      logger: new NestLogger(logger),
    });
    closing.push(() => app.close());
    // Before the connections of its followers, which would be waited for.
    closing.push(() => services.feed.close());
    await app.init();
    for (const { input } of mutations) assertEveryFieldHasValidator(input);
    const longestLag = config.READY_LAG_S;
    serveHealth(fastify, { ...services, longestLag });
    addGauges(metrics.registry, { ...services, longestLag, subscribers: () => services.feed.byTransport });
    serveMetrics(fastify, metrics.registry, denied);
    serveEvents(fastify, services, load);
    serveImports(app, services, load);
    registerIde(fastify, { path: '/graphiql', queries: preparedQueries, missing: notThere });
    await services.begun;
    const url = await listen(fastify, config);
    // Only now: a start that fails on its port must not use up the one showing of the key.
    const firstKey = await issueFirstKey(secretsFolder(config), services.logId, services.keys, services.commands);
    return {
      logger,
      url,
      paths: { GraphQL: '/graphql', IDE: `/graphiql${firstKey ? `#key=${firstKey}` : ''}` },
      firstKey,
      close: async () => {
        endKeptConnections();
        await closing.close().finally(() => tracing?.close());
      },
    };
  } catch (error) {
    return closing.closeAfter(error);
  }
}
