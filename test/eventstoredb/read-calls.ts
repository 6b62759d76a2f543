import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { type ServerWritableStream, status } from '@grpc/grpc-js';
import { type Faults } from './faults.js';
import { type Gate } from './gate.js';
import { eventOf, filterOf, isForwards, positionOf } from './read-messages.js';
import { type StoredRecord, TOMBSTONE } from './records.js';
import { problem, refusal } from './refusals.js';
import { type Storage } from './storage.js';

const { ReadResp } = streamsPb;
type Options = streamsPb.ReadReq.Options;
export type ReadCall = ServerWritableStream<streamsPb.ReadReq, streamsPb.ReadResp | Buffer>;

/** Checkpoints at or after this are no positions: a resumed subscription takes them for the end. */
const NO_POSITION = 1n << 63n;
const END = (1n << 64n) - 1n;

/** One read or subscription. */
export class Reading {
  private ended = false;
  private readonly options: Options;
  private readonly matches: (record: StoredRecord) => boolean;

  constructor(
    private readonly call: ReadCall,
    private readonly context: { storage: Storage; faults: Faults; gate: Gate },
  ) {
    this.options = call.request.getOptions()!;
    this.matches = filterOf(this.options.getFilter());
    call.on('cancelled', () => this.end());
    call.on('close', () => this.end());
    call.on('error', () => this.end());
  }

  async run(): Promise<void> {
    await this.context.gate.passed;
    const { faults } = this.context;
    const refused = refusal(faults);
    if (refused) return this.fail(refused);
    if (faults.deniedReads) return this.fail(problem(status.PERMISSION_DENIED, 'Access Denied'));
    if (this.options.hasSubscription()) return this.subscribe();
    if (faults.unknownReads > 0 && faults.unknownReads--)
      return this.fail(problem(status.UNKNOWN, 'Exception was thrown by handler.'));
    if (this.options.hasStream()) return this.readStream();
    return this.readAll();
  }

  /** Behind which position this subscription began; null where it is none, or began at the beginning. */
  get behind(): string | null {
    const position = this.options.hasSubscription() ? this.options.getAll()?.getPosition() : undefined;
    return position ? `${position.getCommitPosition()}/${position.getPreparePosition()}` : null;
  }

  /** As on a graceful stop. */
  cancel(): void {
    if (!this.ended) this.fail(problem(status.CANCELLED, 'Operation cancelled by the server'));
  }

  private get records() {
    return this.context.storage.records;
  }

  private async readStream(): Promise<void> {
    const stream = this.options.getStream()!;
    const name = Buffer.from(stream.getStreamIdentifier()!.getStreamName_asU8()).toString('utf8');
    const count = Number(this.options.getCount());
    const forwards = isForwards(this.options);
    if (count === 0 || (forwards && stream.hasEnd()))
      return this.fail(problem(status.UNKNOWN, 'Exception was thrown by handler.'));
    const all = this.records.streams.get(name);
    if (!all) {
      const notFound = new ReadResp.StreamNotFound().setStreamIdentifier(
        new sharedPb.StreamIdentifier().setStreamName(Buffer.from(name)),
      );
      await this.send(new ReadResp().setStreamNotFound(notFound));
      return this.finish();
    }
    if (this.records.isDeleted(name)) {
      return this.fail(
        problem(status.FAILED_PRECONDITION, `Event stream '${name}' is deleted.`, {
          exception: 'stream-deleted',
          'stream-name': name,
        }),
      );
    }
    const last = all.length - 1;
    const from = stream.hasStart() ? 0 : stream.hasEnd() ? last : Number(stream.getRevision());
    // Backwards from beyond the end it looks at the range asked for, and stops where that holds nothing.
    const found = forwards
      ? all.slice(from, from + count)
      : all.slice(Math.max(0, from - count + 1), from + 1).reverse();
    await this.sendAll(found);
    this.finish();
  }

  private async readAll(): Promise<void> {
    const from = this.options.getAll()!;
    const forwards = isForwards(this.options);
    const { faults } = this.context;
    const all = faults.lag > 0 ? this.records.all.slice(0, -faults.lag) : this.records.all;
    let next = forwards ? 0 : all.length - 1;
    if (from.hasEnd() && forwards) next = all.length;
    if (from.hasStart() && !forwards) next = -1;
    if (from.hasPosition()) {
      const position = positionOf(from.getPosition()!);
      const index = this.records.indexFrom(position);
      if (position < NO_POSITION && (faults.unknownPlaces || all[index]?.position !== position))
        return this.fail(problem(status.UNKNOWN, 'Exception was thrown by handler.'));
      next = forwards ? index : index - 1;
    }
    const step = forwards ? 1 : -1;
    for (
      let left = Number(this.options.getCount());
      left > 0 && next >= 0 && next < all.length && !this.ended;
      next += step
    ) {
      if (!this.matches(all[next])) continue;
      left--;
      await this.send(eventOf(all[next]));
    }
    this.finish();
  }

  private async subscribe(): Promise<void> {
    const { faults } = this.context;
    const from = this.options.getAll()!;
    const { all } = this.records;
    let next = from.hasEnd() ? all.length : 0;
    let begun = !from.hasStart();
    if (from.hasPosition()) {
      if ([this.behind, 'any'].includes(faults.refusedPlace ?? null))
        return this.fail(problem(status.INVALID_ARGUMENT, 'Invalid position'));
      const position = positionOf(from.getPosition()!);
      next = position >= NO_POSITION ? all.length : this.records.indexFrom(position);
      const isBeyond = next === all.length;
      if (!isBeyond && all[next].position !== position)
        return this.fail(problem(status.INVALID_ARGUMENT, 'Invalid position'));
      // Beyond the end: nothing, and no error, until the log has come that far.
      if (isBeyond && position < NO_POSITION) next = Infinity;
      else if (!isBeyond) next++;
    }
    await this.send(
      new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID())),
    );
    if (faults.muteSubscriptions) return;
    const filter = this.options.getFilter();
    const interval = filter ? 32 * Math.max(1, filter.getCheckpointintervalmultiplier()) : Infinity;
    let checkpointsEnded = false;
    const checkpoint = async (position: bigint): Promise<void> => {
      if (!filter || checkpointsEnded) return;
      checkpointsEnded = !begun && faults.endCheckpoint;
      const told = String(checkpointsEnded ? END : position);
      await this.send(
        new ReadResp().setCheckpoint(new ReadResp.Checkpoint().setCommitPosition(told).setPreparePosition(told)),
      );
    };
    for (let scanned = 0, burst = Infinity; !this.ended;) {
      if (next < all.length) {
        const record = all[next++];
        burst++;
        if (this.matches(record)) {
          begun = true;
          await this.send(eventOf(record), next);
        }
        if (++scanned % interval === 0) await checkpoint(record.position);
        if (scanned % 1024 === 0) await nextTurn();
        continue;
      }
      if (burst >= 32 && faults.caughtUp) {
        if (all.length > 0 && next !== Infinity) await checkpoint(all[all.length - 1].position);
        await this.send(new ReadResp().setCaughtUp(new ReadResp.CaughtUp()));
      }
      burst = 0;
      if (!this.ended && next >= all.length) await this.commits();
    }
  }

  private commits(): Promise<unknown> {
    return new Promise<void>((resolve) => {
      const { storage } = this.context;
      const done = () => {
        storage.off('committed', done);
        this.call.off('cancelled', done);
        this.call.off('close', done);
        resolve();
      };
      storage.on('committed', done);
      this.call.on('cancelled', done);
      this.call.on('close', done);
    });
  }

  private async sendAll(records: readonly StoredRecord[]): Promise<void> {
    for (const record of records) {
      if (record.revision === TOMBSTONE) continue;
      await this.send(eventOf(record));
    }
  }

  /** Waits while the consumer does not read. */
  private async send(response: streamsPb.ReadResp | Buffer, next = Infinity): Promise<void> {
    const { gate } = this.context;
    if (gate.passed) await gate.passed;
    if (this.ended || this.call.write(response)) return;
    await new Promise<void>((resolve) => {
      const events = ['drain', 'cancelled', 'close'];
      const late = () => {
        if (this.records.all.length - next <= this.context.faults.slowConsumer) return;
        this.fail(problem(status.ABORTED, 'Consumer too slow'));
        done();
      };
      const done = () => {
        for (const event of events) this.call.off(event, done);
        this.context.storage.off('committed', late);
        resolve();
      };
      for (const event of events) this.call.once(event, done);
      this.context.storage.on('committed', late);
    });
  }

  private finish(): void {
    if (!this.ended) this.call.end();
    this.end();
    this.context.storage.answeredReads++;
  }

  private fail(error: object): void {
    if (this.ended) return;
    this.end();
    this.call.emit('error', error);
  }

  private end(): void {
    this.ended = true;
  }
}
