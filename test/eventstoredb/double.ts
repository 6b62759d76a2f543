import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js';
import featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import featuresPb from '@eventstore/db-client/generated/serverfeatures_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { batchAppend, unaryAppend } from './append-calls.js';
import { type Faults, WELL_BEHAVED } from './faults.js';
import { Gate } from './gate.js';
import { Reading } from './read-calls.js';
import { serializeRead } from './read-messages.js';
import { type NewRecord, Records, TOMBSTONE } from './records.js';
import { Storage, systemRecord } from './storage.js';

const VERSION = '24.6.0';

/**
 * A protocol double of one EventStoreDB node: the package's own service definitions, its data in a folder, and the faults
 * that servers were seen to have. It guards between runs against a real server and proves nothing about one.
 */
export class EventStoreDouble {
  readonly faults: Faults;
  port = 0;
  private readonly gate = new Gate();
  private readonly readings = new Set<Reading>();
  private server: Server | undefined;
  private storage: Storage | undefined;

  private constructor(
    private readonly folder: string,
    faults: Partial<Faults>,
  ) {
    this.faults = { ...WELL_BEHAVED, ...faults };
  }

  static async start(
    folder: string,
    { port = 0, ...faults }: Partial<Faults> & { port?: number } = {},
  ): Promise<EventStoreDouble> {
    mkdirSync(folder, { recursive: true });
    const double = new EventStoreDouble(folder, faults);
    double.port = port;
    await double.start();
    return double;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** Behind which position the last subscription began; undefined: at the log's beginning. */
  get subscribedBehind(): string | undefined {
    return [...this.readings].map(({ behind }) => behind).findLast((behind) => behind !== null) ?? undefined;
  }

  /** Whether an append is being written. */
  get isWriting(): boolean {
    return this.storage?.writing ?? false;
  }

  /** Appends that were dropped because the same one was still being written. */
  get droppedRepeats(): number {
    return this.storage?.droppedRepeats ?? 0;
  }

  /** Reads, of which subscriptions are none, that were answered to their end. */
  get answeredReads(): number {
    return this.storage?.answeredReads ?? 0;
  }

  /** On the port it had, with the data it had. */
  async start(): Promise<void> {
    const records = new Records(join(this.folder, 'records'));
    const storage = (this.storage = new Storage(records, this.faults));
    if (records.all.length === 0)
      records.write([systemRecord('$$$stats', '$metadata'), systemRecord('$users', '$UserCreated')]);
    const context = { storage, faults: this.faults, gate: this.gate };
    const server = (this.server = new Server({
      'grpc.max_concurrent_streams': this.faults.streams,
      'grpc.max_receive_message_length': 17 * 1024 * 1024,
      'grpc.max_send_message_length': -1,
    }));
    const { StreamsService } = streamsGrpc;
    const service = { ...StreamsService, read: { ...StreamsService.read, responseSerialize: serializeRead } };
    server.addService(service, {
      read: (call: ConstructorParameters<typeof Reading>[0]) => {
        const reading = new Reading(call, context);
        this.readings.add(reading);
        call.on('close', () => this.readings.delete(reading));
        call.on('cancelled', () => this.readings.delete(reading));
        void reading.run();
      },
      batchAppend: (call: Parameters<typeof batchAppend>[0]) => batchAppend(call, context),
      append: (call: Parameters<typeof unaryAppend>[0], done: Parameters<typeof unaryAppend>[1]) =>
        unaryAppend(call, done, context),
    });
    server.addService(featuresGrpc.ServerFeaturesService, {
      getSupportedMethods: (_call: unknown, done: (error: null, methods: featuresPb.SupportedMethods) => void) =>
        this.gate.pass(() => done(null, supportedMethods())),
    });
    server.addService(gossipGrpc.GossipService, {
      read: (_call: unknown, done: (error: null, info: gossipPb.ClusterInfo) => void) =>
        this.gate.pass(() => done(null, this.clusterInfo())),
    });
    this.port = await new Promise<number>((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${this.port}`, ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      ),
    );
  }

  /** As SIGKILL: what was written stays, what was not is gone, connections break off. */
  kill(): void {
    if (!this.server) return;
    this.server.forceShutdown();
    this.readings.clear();
    this.storage?.records.close();
    this.server = undefined;
  }

  async restart(): Promise<void> {
    this.kill();
    await this.start();
  }

  /** As a graceful stop: subscriptions are cancelled first. */
  stop(): void {
    for (const reading of this.readings) reading.cancel();
    this.kill();
  }

  /** As the beginning of such a stop: nothing new is taken, and other calls stay until it is killed. */
  drain(): void {
    for (const reading of this.readings) reading.cancel();
    this.server?.tryShutdown(() => undefined);
  }

  /** Connections stay, nothing is answered; `thaw` goes on where it stood. */
  freeze(): void {
    this.gate.close();
  }

  thaw(): void {
    this.gate.open();
  }

  /** What others write beside us: foreign streams, links, system events. */
  inject(stream: string, type: string, data = '{}', metadata = ''): void {
    const record: NewRecord = {
      ...systemRecord(stream, type),
      data: Buffer.from(data),
      metadata: Buffer.from(metadata),
    };
    this.storage!.records.write([record]);
    this.storage!.emit('committed');
  }

  /** Puts a tombstone into the stream. */
  tombstone(stream: string): void {
    this.storage!.records.write([systemRecord(stream, '$streamDeleted')], TOMBSTONE);
    this.storage!.emit('committed');
  }

  /** The bodies as stored, for tests that look at them. */
  stored(stream: string): { data: string; metadata: string }[] {
    const records = this.storage!.records.streams.get(stream) ?? [];
    return records.map(({ data, metadata }) => ({ data: data.toString(), metadata: metadata.toString() }));
  }

  private clusterInfo(): gossipPb.ClusterInfo {
    const member = new gossipPb.MemberInfo();
    member.setInstanceId(new sharedPb.UUID().setString('00000000-0000-4000-8000-000000000001'));
    member.setTimeStamp('0').setIsAlive(true).setState(gossipPb.MemberInfo.VNodeState.LEADER);
    member.setHttpEndPoint(new gossipPb.EndPoint().setAddress('127.0.0.1').setPort(this.port));
    return new gossipPb.ClusterInfo().setMembersList([member]);
  }
}

function supportedMethods(): featuresPb.SupportedMethods {
  const methods = new featuresPb.SupportedMethods().setEventStoreServerVersion(VERSION);
  // Lower case, as servers tell them.
  const batch = new featuresPb.SupportedMethod()
    .setServiceName('event_store.client.streams.streams')
    .setMethodName('batchappend');
  methods.addMethods(batch.setFeaturesList(['deadline_duration']));
  const read = new featuresPb.SupportedMethod()
    .setServiceName('event_store.client.streams.streams')
    .setMethodName('read');
  methods.addMethods(read.setFeaturesList(['position', 'events']));
  return methods;
}
