import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { GraphQLModule } from '@nestjs/graphql';
import { type Principal } from '#access/principal.js';
import { GraphQLDriver } from '#api/graphql/driver.js';
import { type GraphQLServerOptions } from '#api/graphql/server-options.js';
import { InputPipe } from '#api/input-pipe.js';
import { type PrincipalLoad } from '#api/graphql/principal-load.js';
import { resolvePayloads } from '#api/payload-field.js';
import { rightsCheck } from '#api/operation-rights.js';
import { RequestContext } from '#api/request-context.js';
import { newRequestId, traceparentOf } from '#api/request-trace.js';
import { ResolverErrors } from '#api/resolver-errors.js';
import { CommandHandler } from '#event-sourcing/command-handler.js';
import { type Config } from './config.js';
import { mutations, resolvers } from './resolvers.js';
import { type OpenServices } from './services.js';

/** The application over services that are open already. */
@Module({})
export class AppModule {
  static over(
    services: OpenServices,
    config: Pick<Config, 'NODE_ENV' | 'GRAPHQL_GET'>,
    load: PrincipalLoad,
  ): DynamicModule {
    const rights = rightsCheck(config.NODE_ENV === 'production' ? 'OPERATIONS' : null);
    const options: GraphQLServerOptions<Principal, RequestContext> = {
      contextFor: ({ principal, headers, socket, completed, id = newRequestId() }) => {
        const again = () => services.authenticator.verify(headers.authorization);
        const trace = { id, traceparent: traceparentOf(headers) };
        return new RequestContext(principal!, services, trace, { socket, completed }, again);
      },
      forbids: (principal, operation, schema) => {
        const forbidden = rights(principal, operation, schema);
        const what = operation.rootFields.join(' ').slice(0, 200);
        if (forbidden) services.reads.note(principal, { kind: 'DENIED', caseId: null, what });
        return forbidden;
      },
      principalIdOf: ({ id }) => id,
      load,
      queriesByGet: config.GRAPHQL_GET === 'true',
      extensionsFor: (context) => context.extensions(),
      authenticate: (authorization) => services.authenticator.verify(authorization),
      mayGoOn: (context, principal) => services.policy.seesAlike(context.principal, principal),
    };
    return {
      module: AppModule,
      imports: [
        CqrsModule.forRoot(),
        GraphQLModule.forRoot({ driver: GraphQLDriver, transformSchema: resolvePayloads, ...options }),
      ],
      providers: [
        { provide: CommandHandler, useValue: services.commands },
        { provide: APP_PIPE, useClass: InputPipe },
        { provide: APP_FILTER, useClass: ResolverErrors },
        ...resolvers,
        ...mutations.flatMap(({ resolver, handler }) => [resolver, handler]),
      ],
    };
  }
}
