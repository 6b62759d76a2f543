import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE, NestFactory } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Principal } from '#access/principal.js';
import { GraphQLDriver } from '#api/graphql/driver.js';
import { type GraphQLServerOptions } from '#api/graphql/server-options.js';
import { InputPipe } from '#api/input-pipe.js';
import { RequestContext } from '#api/request-context.js';
import { ResolverErrors } from '#api/resolver-errors.js';
import { issueFirstKey } from '../../../../server/src/admin-key.js';
import { requirePrincipal } from '../../../../server/src/authentication.js';
import { readConfig } from '../../../../server/src/config.js';
import { boundHeap } from '../../../../server/src/heap.js';
import { openInstruments } from '../../../../server/src/instruments.js';
import { openServices } from '../../../../server/src/services.js';
import { ConstantMutations } from './constant-mutations.js';
import { RowsInMemory } from './rows-in-memory.js';

/**
 * The ceiling's process: the product's server with its services, keys, driver and pipe, whose resolvers do nothing.
 */
boundHeap();
const config = readConfig(process.env);
const services = await openServices(config, await openInstruments(config), (error) => {
  throw error;
});
const options: GraphQLServerOptions<Principal, RequestContext> = {
  contextFor: ({ principal }) => new RequestContext(principal!, services),
  extensionsFor: (context) => context.extensions(),
  authenticate: (authorization) => Promise.resolve(services.keys.verify(authorization)),
};

@Module({
  imports: [GraphQLModule.forRoot({ driver: GraphQLDriver, ...options })],
  providers: [
    { provide: APP_PIPE, useClass: InputPipe },
    { provide: APP_FILTER, useClass: ResolverErrors },
    ConstantMutations,
    RowsInMemory,
  ],
})
class ConstantModule {}

const adapter = new FastifyAdapter();
requirePrincipal(adapter.getInstance(), services.authenticator, { ide: false, denied: () => undefined });
const app = await NestFactory.create<NestFastifyApplication>(ConstantModule, adapter, { logger: ['error', 'fatal'] });
await issueFirstKey(process.env.DATA_DIR!, services.logId, services.keys, services.commands);
await app.listen(0, '127.0.0.1');
process.stdout.write(`The constant server listens on ${await app.getUrl()}\n`);
process.once('SIGTERM', () => {
  void app
    .close()
    .then(() => services.close())
    .then(() => process.exit(0));
});
