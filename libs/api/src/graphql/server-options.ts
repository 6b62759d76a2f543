import { type IncomingHttpHeaders } from 'node:http';
import { type GqlModuleOptions } from '@nestjs/graphql';
import { type Waiting } from '../first-arrival.js';
import { type GateOptions } from './gate.js';

/** A request as contexts are made from it: Fastify's, or the WebSocket's upgrade request for each operation over it. */
export interface ApiRequest<P = unknown> extends Waiting {
  headers: IncomingHttpHeaders;
  /** The request's own id; none for an operation over WebSocket. */
  id?: string;
  /** Who is asking: put here by the `onRequest` hook, over WebSocket by `authenticate`. */
  principal?: P | null;
}

/** What the driver needs beside Nest's own options (`path` is `/graphql` unless given). */
export interface GraphQLServerOptions<P = unknown, C extends object = object> extends GqlModuleOptions, GateOptions<P> {
  /** The context of one operation, which every resolver gets. */
  contextFor: (request: ApiRequest<P>) => C | Promise<C>;
  /** What the answer's `extensions` carry, asked after execution; undefined for none. */
  extensionsFor?: (context: C) => Readonly<Record<string, unknown>> | undefined;
  /** For WebSockets: whose `Authorization` value this is; null if nobody's (any more). */
  authenticate: (authorization: string) => P | null | Promise<P | null>;
  /** For WebSockets: whether what was begun in this context may go on now that the principal is this one; always, if not given. */
  mayGoOn?: (context: C, principal: P) => boolean;
  /** Whether queries are answered by GET too, which puts them into addresses. */
  queriesByGet?: boolean;
  /** Bytes of a request's body or a WebSocket message; 256 KiB unless given. */
  bodyLimit?: number;
}

export const BODY_LIMIT = 262_144;
