import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { GraphQLModule } from '@nestjs/graphql';
import { type Principal } from '#access/principal.js';
import { EventQueries } from '#api/event-queries.js';
import { EventSubscriptions } from '#api/following/event-subscriptions.js';
import { GraphQLDriver } from '#api/graphql/driver.js';
import { type GraphQLServerOptions } from '#api/graphql/server-options.js';
import { InputPipe } from '#api/input-pipe.js';
import { AccessQueries } from '#api/access-queries.js';
import { AccessReadsQuery } from '#api/access-reads-query.js';
import { type PrincipalLoad } from '#api/graphql/principal-load.js';
import { groupMutations } from '#api/group-mutations.js';
import { keyMutations } from '#api/key-mutations.js';
import { type MutationParts } from '#api/mutation.js';
import { PayloadField, resolvePayloads } from '#api/payload-field.js';
import { rightsCheck } from '#api/operation-rights.js';
import { Projections } from '#api/projections.js';
import { RequestContext } from '#api/request-context.js';
import { newRequestId, traceparentOf } from '#api/request-trace.js';
import { TraceQuery } from '#api/trace-query.js';
import { ResolverErrors } from '#api/resolver-errors.js';
import { CommandHandler } from '#event-sourcing/command-handler.js';
import { investigationResolvers, investigationMutations } from '#investigation/resolvers.js';
import { type Config } from './config.js';
import { type OpenServices } from './services.js';

/** A mutation for each command there is. */
export const mutations: readonly MutationParts[] = [...keyMutations, ...groupMutations, ...investigationMutations];

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
      contextFor: ({ principal, headers, socket, id = newRequestId() }) =>
        new RequestContext(principal!, services, { id, traceparent: traceparentOf(headers) }, socket),
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
        EventQueries,
        TraceQuery,
        AccessQueries,
        AccessReadsQuery,
        PayloadField,
        EventSubscriptions,
        Projections,
        ...investigationResolvers,
        ...mutations.flatMap(({ resolver, handler }) => [resolver, handler]),
      ],
    };
  }
}
