import { Inject, Injectable, Logger, type Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { AbstractGraphQLDriver, GraphQLSchemaFactory } from '@nestjs/graphql';
import { type FastifyInstance } from 'fastify';
import { type GraphQLSchema } from 'graphql';
import { ErrorFormat } from '../errors.js';
import { reportTo } from '../unexpected.js';
import { attachResolvers, type Resolvers } from './attach-resolvers.js';
import { Engine } from './engine.js';
import { Gate } from './gate.js';
import { serveHttp } from './http.js';
import { type GraphQLServerOptions } from './server-options.js';
import { serveWebSocket } from './websocket.js';

/** Nest's schema, served on Fastify over HTTP and WebSocket at one path. */
@Injectable()
export class GraphQLDriver extends AbstractGraphQLDriver<GraphQLServerOptions> {
  @Inject(ModulesContainer) private readonly modules!: ModulesContainer;
  @Inject(GraphQLSchemaFactory) private readonly schemas!: GraphQLSchemaFactory;
  private readonly logger = new Logger('GraphQL');
  private engine?: Engine;
  private webSocket?: { close: () => Promise<void> };

  override mergeDefaultOptions(options: GraphQLServerOptions): Promise<GraphQLServerOptions> {
    return super.mergeDefaultOptions(options, {
      path: '/graphql',
      fieldResolverEnhancers: [],
    });
  }

  /**
   * The schema of all classes with resolvers. Nest's own way (`autoSchemaFile`) would print it, read what was printed into a
   * second schema, and take the resolvers from there: a quarter of a start.
   */
  override async generateSchema(options: GraphQLServerOptions): Promise<GraphQLSchema> {
    // Asking the schema for itself at each start tells nothing that the tests do not.
    const schema = await this.schemas.create(this.resolverClasses(), {
      ...options.buildSchemaOptions,
      skipCheck: true,
    });
    const transformResolvers: GraphQLServerOptions['transformResolvers'] = (resolvers) => {
      for (const some of [resolvers].flat() as Resolvers[]) attachResolvers(schema, some);
      return resolvers;
    };
    return (await super.generateSchema({ ...options, schema, transformResolvers })) ?? schema;
  }

  private resolverClasses(): Type[] {
    const providers = [...this.modules.values()].flatMap((module) => [...module.providers.values()]);
    return providers.flatMap(({ instance }) => (instance ? [instance.constructor as Type] : []));
  }

  start(options: GraphQLServerOptions & { path: string; schema: GraphQLSchema }): Promise<void> {
    const fastify = this.httpAdapterHost.httpAdapter.getInstance<FastifyInstance>();
    const report = reportTo(this.logger);
    const errors = new ErrorFormat(report);
    this.engine = new Engine(options.schema, report);
    const gate = new Gate(this.engine, options);
    serveHttp(fastify, gate, errors, options);
    this.webSocket = serveWebSocket(fastify.server, { engine: this.engine, gate }, errors, options);
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    await this.webSocket?.close();
  }

  /** How many documents and how many compiled operations are kept at the moment. */
  get cached(): { documents: number; compiled: number } {
    return { documents: this.engine?.operations.cached ?? 0, compiled: this.engine?.cached ?? 0 };
  }
}
