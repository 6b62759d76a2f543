import { EventStoreDBClient } from '@eventstore/db-client';
import streamsGrpc, { type StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { type BatchAppendReq, type BatchAppendResp, type ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { type CallOptions, type Client, type ClientDuplexStream, type Metadata } from '@grpc/grpc-js';
import { LogUnavailable } from '../errors.js';
import { OpenCalls } from './open-calls.js';
import { ReadCall } from './read-call.js';
import { within } from './within.js';

/** The most calls of one connection; the shared append call and a subscription or two come on top. */
const MOST_READS = 80;

/** How long closing waits for a connection that is being made, in milliseconds. */
const CLOSE_MS = 1_000;

export type AppendCall = ClientDuplexStream<BatchAppendReq, BatchAppendResp>;

/** What the client keeps for those who extend it: calls over the connection it has found, and has it found anew after a failure. */
interface Extensible {
  GRPCStreamCreator<C extends Client, T>(client: unknown, name: string, create: (client: C) => T): () => Promise<T>;
  callArguments(options: object, callOptions?: CallOptions): [Metadata, CallOptions];
  supports(method: unknown): Promise<boolean>;
  getChannel(): Promise<{ close(): void }>;
  handleError: (client: Client, error: Error) => Promise<void>;
}

/**
 * The one connection of a log. The client finds the node, authenticates, keeps the connection alive and makes a new one
 * after a failure; the calls are made here, because the client's own appends share their book-keeping among all connections
 * of a process (a late answer ends the process), and its reads cannot be filtered by the server.
 */
export class Connection {
  private readonly client: EventStoreDBClient & Extensible;
  private readonly reads = new OpenCalls(MOST_READS);
  private readonly open = new Set<ReadCall>();
  private closed = false;

  /** Throws what the client says of a string it cannot read. */
  constructor(url: string) {
    this.client = EventStoreDBClient.connectionString(url) as EventStoreDBClient & Extensible;
    // Nobody waits for it: where meanwhile no node can be found either, its rejection would end the process.
    const handleError = this.client.handleError;
    this.client.handleError = (client, error) => handleError(client, error).catch(() => undefined);
  }

  /** False for servers before 21.10. */
  canAppend(): Promise<boolean> {
    return this.client.supports(streamsGrpc.StreamsService.batchAppend);
  }

  /** Close it, whatever becomes of it. `idleMs`: it fails when there is no connection or nothing comes for so long; 0: never. */
  async read(request: ReadReq, idleMs: number): Promise<ReadCall> {
    await this.reads.take();
    try {
      if (this.closed) throw new LogUnavailable('The event log has been closed.');
      const making = this.call('read', (client) => client.read(request, ...this.arguments()));
      const call = idleMs === 0 ? await making : await within(idleMs, making, (late) => late.cancel());
      const read = new ReadCall(call, idleMs, () => {
        this.open.delete(read);
        this.reads.give();
      });
      this.open.add(read);
      // It was closed while the call was being made.
      if (this.closed) read.close();
      return read;
    } catch (error) {
      this.reads.give();
      throw error;
    }
  }

  /** A call for many appends. */
  appends(): Promise<AppendCall> {
    return this.call('append', (client) => client.batchAppend(...this.arguments()));
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const read of this.open) read.close();
    // The client's own `dispose` may never resolve after a read was left.
    await within(CLOSE_MS, this.client.getChannel(), (late) => late.close())
      .then((channel) => channel.close())
      .catch(() => undefined);
  }

  /** Calls have no deadline of their own: they are watched here. */
  private arguments(): [Metadata, CallOptions] {
    return this.client.callArguments({}, { deadline: Infinity });
  }

  private call<T>(name: string, create: (client: StreamsClient) => T): Promise<T> {
    return this.client.GRPCStreamCreator<StreamsClient & Client, T>(streamsGrpc.StreamsClient, name, create)();
  }
}
