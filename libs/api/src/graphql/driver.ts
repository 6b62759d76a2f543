import { Injectable, Logger } from '@nestjs/common';
import { AbstractGraphQLDriver } from '@nestjs/graphql';
import { type FastifyInstance } from 'fastify';
import { type GraphQLSchema } from 'graphql';
import { ErrorFormat } from '../errors.js';
import { Engine } from './engine.js';
import { Gate } from './gate.js';
import { serveHttp } from './http.js';
import { type GraphQLServerOptions } from './server-options.js';
import { serveWebSocket } from './websocket.js';

/** Nest's schema, served on Fastify over HTTP and WebSocket at one path. */
@Injectable()
export class GraphQLDriver extends AbstractGraphQLDriver<GraphQLServerOptions> {
  private readonly logger = new Logger('GraphQL');
  private engine?: Engine;
  private webSocket?: { close: () => Promise<void> };

  override mergeDefaultOptions(options: GraphQLServerOptions): Promise<GraphQLServerOptions> {
    return super.mergeDefaultOptions(options, {
      path: '/graphql',
      autoSchemaFile: true,
      // Asking the schema for itself at each start tells nothing that the tests do not.
      buildSchemaOptions: { skipCheck: true },
      fieldResolverEnhancers: [],
    });
  }

  start(options: GraphQLServerOptions & { path: string; schema: GraphQLSchema }): Promise<void> {
    const fastify = this.httpAdapterHost.httpAdapter.getInstance<FastifyInstance>();
    const report = (error: unknown, reference?: string, request?: string): void =>
      this.logger.error({ message: 'Something unexpected went wrong.', reference, request, error: described(error) });
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

/** For operators. A parser's error quotes what it could not read, which may be of a case. */
function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { stack = error.message, message } = error;
  return error instanceof SyntaxError ? stack.replace(message, message.replace(/".*"|'.*'/gs, '…')) : stack;
}
