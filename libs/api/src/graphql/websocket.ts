import { type IncomingMessage, type Server } from 'node:http';
import { type Duplex } from 'node:stream';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { type ExecutionResult, GraphQLError, OperationTypeNode } from 'graphql';
import { type Context } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { WebSocket, WebSocketServer } from 'ws';
import { apiError, type ErrorFormat, PASSING } from '../errors.js';
import { type Engine, type PreparedArgs } from './engine.js';
import { type AdmittedArgs, type Gate } from './gate.js';
import { gatherWrites } from './gathered-writes.js';
import { LONGEST_REASON, renameOperations } from './operation-ids.js';
import { BODY_LIMIT, type GraphQLServerOptions } from './server-options.js';
import { answerWithoutUpgrade } from './without-upgrade.js';

/** Told to clients without a valid key, and to those whose key was revoked; they must not reconnect with it. */
const UNAUTHORIZED = 4401;
/** Told to clients whose access is another than when they began: they come back with their cursors. (Service restart) */
const COME_BACK = 1012;
/** Told to clients who are held up by what passes: they do not come back after an `error`. (Try again later) */
const TRY_AGAIN = 1013;
/** How often connections are looked at that are told nothing, in milliseconds. */
const ROUND = 1_000;
/** Milliseconds that operations under way have to be answered once the server is to end. */
const ANSWERING = 5_000;
/** Milliseconds that clients have to close their side before they are cut off. */
const CLOSING = 2_000;

type Connection = Context<Record<string, unknown> | undefined, Extra>;

/**
 * Serves GraphQL over WebSocket (`graphql-transport-ws`) at the options' path of `server`. A client is known by the
 * `Authorization` header of the upgrade, or by `authorization` in the payload of its `connection_init` (browsers set no headers).
 */
export function serveWebSocket(
  server: Server,
  { engine, gate }: { engine: Engine; gate: Gate },
  errors: ErrorFormat,
  options: GraphQLServerOptions & { path: string },
): { close: () => Promise<void> } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: options.bodyLimit ?? BODY_LIMIT });

  const principalOf = (connection: Connection): unknown => {
    const given = authorizationOf(connection);
    return given === undefined ? null : options.authenticate(given);
  };
  /** Asked again for every operation and every event: a revoked key ends what it began. */
  const principalOrClose = async (connection: Connection): Promise<unknown> => {
    const principal = await principalOf(connection);
    if (principal == null) connection.extra.socket.close(UNAUTHORIZED, 'Unauthorized');
    return principal;
  };
  const closeIfChanged = ({ extra }: Connection, context: object, principal: unknown): boolean => {
    const hasChanged = options.mayGoOn?.(context, principal) === false;
    if (hasChanged) extra.socket.close(COME_BACK, 'Your access has changed');
    return hasChanged;
  };
  /** The contexts of each connection's subscriptions. */
  const followers = new Map<Connection, Map<string, object>>();
  /** What tells of each client when it completes an operation. */
  const completions = new WeakMap<WebSocket, (id: string) => AbortSignal>();
  /** Nothing that comes to be told asks for those who wait, also for what they may see by now. */
  const look = async (connection: Connection, contexts: Map<string, object>): Promise<void> => {
    const principal = await principalOrClose(connection);
    for (const [id, context] of contexts) {
      if (!(id in connection.subscriptions)) contexts.delete(id);
      else if (principal == null || closeIfChanged(connection, context, principal)) return;
    }
  };
  const round = setInterval(() => {
    // Where it cannot be told who it is, the next time asks again.
    for (const [connection, contexts] of followers) void look(connection, contexts).catch(() => undefined);
  }, ROUND).unref();
  const format = (error: unknown) => errors.format(error);
  /** Whether one of what was thrown passes, so that the connection is closed. */
  const closeIfPassing = ({ extra }: Connection, thrown: readonly unknown[]): boolean => {
    const passing = thrown.map(format).find(({ extensions }) => PASSING.includes(extensions?.code as string));
    if (!passing) return false;
    const { message, extensions } = passing;
    const reason = Buffer.byteLength(message) <= LONGEST_REASON ? message : (extensions?.code as string);
    extra.socket.close(TRY_AGAIN, reason);
    return true;
  };
  /** Where it cannot be told who it is, as nothing can be stored, the client comes back: null, as where it is nobody. */
  const principalOrLater = async (connection: Connection): Promise<unknown> => {
    try {
      return await principalOrClose(connection);
    } catch (error) {
      if (!closeIfPassing(connection, [error])) throw error;
      return null;
    }
  };
  let ending = false;
  const underWay = new Set<Promise<unknown>>();
  /** What a server that ends waits for. */
  const counted = <T>(answer: T | Promise<T>): T | Promise<T> => {
    if (!(answer instanceof Promise)) return answer;
    const over: Promise<unknown> = answer.catch(() => undefined);
    underWay.add(over);
    void over.then(() => underWay.delete(over));
    return answer;
  };

  const graphql = useServer<Record<string, unknown> | undefined>(
    {
      // Errors are told to operators only.
      isProd: true,
      onConnect: async (connection) => {
        if ((await principalOrLater(connection)) == null) return false;
        if (connection.extra.socket.readyState === WebSocket.OPEN) followers.set(connection, new Map());
        return true;
      },
      onClose: (connection) => void followers.delete(connection),
      onSubscribe: async (connection, id, payload) => {
        let isSubscription = false;
        try {
          const principal = await principalOrLater(connection);
          if (principal == null) return [apiError('UNAUTHENTICATED', 'A valid key is needed.')];
          const args = gate.admit(payload, principal);
          if (args instanceof GraphQLError) return [args];
          isSubscription = args.prepared.type === OperationTypeNode.SUBSCRIPTION;
          if (ending) throw apiError('UNAVAILABLE', 'The server is ending; come back in a moment.');
          const { socket, headers: ofUpgrade } = connection.extra.request;
          const headers = { ...ofUpgrade, authorization: authorizationOf(connection) };
          const completed = completions.get(connection.extra.socket)?.(id);
          const contextValue = await options.contextFor({ headers, principal, socket, completed });
          if (isSubscription) followers.get(connection)?.set(id, contextValue);
          return { ...args, contextValue };
        } catch (error) {
          if (isSubscription) closeIfPassing(connection, [error]);
          return [error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error })];
        }
      },
      execute: (args) => counted(gate.execute(args as AdmittedArgs)),
      subscribe: (args) => engine.subscribe(args as PreparedArgs),
      onNext: async (connection, _id, _payload, args, { data, errors: thrown }: ExecutionResult) => {
        const { contextValue, prepared } = args as PreparedArgs;
        const principal = await principalOrLater(connection);
        if (principal == null) return { data: null };
        // One answer goes out as it was asked for: it may have been what changed the access.
        const goesOn = prepared.type === OperationTypeNode.SUBSCRIPTION;
        if (goesOn && closeIfChanged(connection, contextValue as object, principal)) return { data: null };
        if (goesOn && thrown) closeIfPassing(connection, thrown);
        const extensions = options.extensionsFor?.(contextValue as object);
        return { ...(thrown && { errors: thrown.map(format) }), data, extensions };
      },
      onError: (connection, id, _payload, thrown) => {
        // Only a subscription that has begun is kept by then.
        if (connection.subscriptions[id]) closeIfPassing(connection, thrown);
        return thrown.map(format);
      },
    },
    sockets,
  );

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket')
      return answerWithoutUpgrade(server, request, socket, head);
    if (request.url?.split('?')[0] !== options.path) return refuseUpgrade(socket);
    sockets.handleUpgrade(request, socket, head, (client) => {
      sockets.emit('connection', client, request);
      completions.set(client, renameOperations(client));
      quieten(client);
      gatherWrites(client, socket);
    });
  };
  server.on('upgrade', onUpgrade);
  return {
    close: async () => {
      server.off('upgrade', onUpgrade);
      clearInterval(round);
      ending = true;
      const late = new AbortController();
      const tooLong = delay(ANSWERING, undefined, { signal: late.signal, ref: false }).catch(() => undefined);
      await Promise.race([Promise.all(underWay), tooLong]);
      late.abort();
      // What was answered is sent in the turns that follow.
      await nextTurn();
      const cutOff = setTimeout(() => sockets.clients.forEach((client) => client.terminate()), CLOSING);
      await graphql.dispose();
      clearTimeout(cutOff);
    },
  };
}

/**
 * Frames that break the protocol and clients that are gone concern nobody but the client: `ws` closes the connection with the
 * code that says why, and graphql-ws would print a stack for each.
 */
function quieten(client: WebSocket): void {
  client.removeAllListeners('error').on('error', () => undefined);
}

function authorizationOf({ connectionParams: params, extra }: Connection): string | undefined {
  const given = extra.request.headers.authorization ?? params?.authorization ?? params?.Authorization;
  return typeof given === 'string' ? given : undefined;
}

/** There is no WebSocket elsewhere, and without a key nobody learns what else there is. */
function refuseUpgrade(socket: Duplex): void {
  socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
}
