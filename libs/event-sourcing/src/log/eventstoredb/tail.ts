import { type ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { CheckpointUnknown, LogUnavailable } from '../errors.js';
import { type Checkpoint, START, type StoredEvent } from '../event-log.js';
import { type LogFollower } from '../follower.js';
import { Arrivals } from './arrivals.js';
import { Backoff } from './backoff.js';
import { type Connection } from './connection.js';
import { type CountedPlace } from './counted-place.js';
import { isDenied, isNoPlace, reasonOf } from './failures.js';
import { lastOfOurs } from './last-event.js';
import { compare, formatPosition, isPosition, parsePosition, type Position } from './position.js';
import { readPlacesRequest, subscribeRequest } from './protocol.js';
import { type ReadCall } from './read-call.js';
import { Recent } from './recent.js';
import { type ServerReads, WrongPlace } from './server-reads.js';
import { SharedLook } from './shared-look.js';
import { nameOf, positionOf, typeOf } from './stored-event.js';
import { type StreamNames } from './streams.js';

/** The longest wait before the server is followed again, in milliseconds. */
const LONGEST_WAIT = 5_000;
/** A node of a cluster can lag behind another for a while: so many looks in a row must find too little. */
const LOOKS = 3;

export interface TailOptions {
  giveUpAfterMs: number;
  retryAfterMs: number;
  /** A subscription that has been silent for so long is looked after, in milliseconds. */
  watchMs: number;
  /** Told of each place counted up to. */
  onCounted?: (place: CountedPlace) => void;
}

/**
 * The log's end: one subscription that counts our events in the server's order, keeps the last of them and wakes the
 * followers. After a failure it goes on where it stood, never before it.
 */
export class Tail {
  readonly followers = new Set<LogFollower>();
  /** Of what this process sends. */
  readonly arrivals = new Arrivals();
  private readonly recent = new Recent();
  private sequence = 0;
  private eventId?: string;
  private position: Position | undefined;
  /** Everything up to here has been looked at by the server: our last event, or a checkpoint behind it. */
  private scanned: Position | undefined;
  private heardAt = Date.now();
  private call?: ReadCall;
  private failure?: Error;
  private readonly closing = new AbortController();
  private readonly waiting = new Set<() => void>();
  /** Ends the wait before the server is followed again. */
  private followSoon: () => void = () => undefined;
  /** Looks in a row at which the server had less than was counted. */
  private lacking = 0;
  private watch?: NodeJS.Timeout;
  private readonly looks = new SharedLook(() => this.look());

  constructor(
    private readonly connection: Connection,
    private readonly reads: ServerReads,
    private readonly names: StreamNames,
    private readonly options: TailOptions,
  ) {}

  /** Begins to count, from a place that is known to be one of this log. */
  start({ sequence, position, eventId, scanned }: CountedPlace): void {
    this.sequence = sequence;
    this.eventId = eventId;
    this.position = sequence === 0 ? undefined : parsePosition(position);
    this.scanned = scanned === undefined ? this.position : parsePosition(scanned);
    this.watch = setInterval(() => void this.lookAfter(), this.options.watchMs / 2).unref();
    void this.run();
  }

  /** The last event counted. Throws what has ended the counting. */
  get counted(): Checkpoint {
    if (this.failure) throw this.failure;
    return this.position ? { sequence: this.sequence, position: formatPosition(this.position) } : START;
  }

  /** The same, for another to count on from. Throws what has ended the counting. */
  get place(): CountedPlace {
    const { eventId, scanned } = this;
    return { ...this.counted, eventId, scanned: scanned && formatPosition(scanned) };
  }

  /** The server is being followed at the moment. */
  get isFollowing(): boolean {
    return this.call !== undefined && !this.failure && !this.closing.signal.aborted;
  }

  /** Up to `most` events after this sequence; null where they must be read from the server. */
  after(sequence: number, most: number): StoredEvent[] | null {
    return this.recent.after(sequence, most);
  }

  /**
   * The log's head, with everything that was stored before this was called: asks the server for our last event and waits
   * until it is counted. Many at once share a question that was asked after each of them. Rejects with `LogUnavailable`.
   */
  readonly current = (): Promise<Checkpoint> => this.looks.ask();

  close(): void {
    this.closing.abort();
    this.followSoon();
    clearInterval(this.watch);
    this.call?.close();
    for (const follower of this.followers) follower.end();
    this.awaken();
  }

  private async run(): Promise<void> {
    const { signal } = this.closing;
    const backoff = new Backoff(this.options.retryAfterMs, LONGEST_WAIT);
    while (!signal.aborted && !(this.failure instanceof CheckpointUnknown)) {
      try {
        await this.follow(backoff);
      } catch (error) {
        if (isDenied(error)) this.fail(new LogUnavailable(`The event log may not be followed: ${reasonOf(error)}.`));
        else if (isNoPlace(error)) await this.stepBack();
      }
      if (signal.aborted) return;
      const soon = new AbortController();
      this.followSoon = () => soon.abort();
      await backoff.wait(soon.signal);
    }
  }

  private async follow(backoff: Backoff): Promise<void> {
    const call = (this.call = await this.connection.read(subscribeRequest(this.names.prefixes, this.scanned), 0));
    this.heardAt = Date.now();
    try {
      for (let messages = await call.take(); messages; messages = await call.take()) {
        this.heardAt = Date.now();
        backoff.reset();
        // Who was denied may follow again.
        if (this.failure instanceof LogUnavailable) this.failure = undefined;
        const { sequence, scanned } = this;
        for (const message of messages) this.take(message);
        if (this.sequence !== sequence) this.awaken();
        else if (this.scanned !== scanned) this.options.onCounted?.(this.place);
      }
    } finally {
      call.close();
      this.call = undefined;
    }
  }

  /** A checkpoint was where others' events stood, which may be gone; our last event is not, or this is another log. */
  private async stepBack(): Promise<void> {
    if (!this.scanned || !this.position) return void (this.scanned = this.position);
    const wasOurs = compare(this.scanned, this.position) === 0;
    this.scanned = this.position;
    if (!wasOurs) return;
    const found = await this.reads.page(readPlacesRequest(this.position, 1)).catch((error: unknown) => error);
    // Not of what is counted, which throws where it was denied before.
    if (found instanceof WrongPlace)
      this.fail(new CheckpointUnknown({ sequence: this.sequence, position: formatPosition(this.position) }));
  }

  private take(message: ReadResp): void {
    const recorded = message.getEvent()?.getEvent();
    if (recorded) {
      const position = positionOf(recorded);
      // Never back: what was counted is not counted again.
      if (this.scanned && compare(position, this.scanned) <= 0) return;
      this.scanned = position;
      const name = nameOf(recorded);
      if (!this.names.isOurs(name, typeOf(recorded))) return;
      this.position = position;
      this.eventId = recorded.getId()!.getString();
      this.recent.push(++this.sequence, recorded, this.names.ours(name));
      this.arrivals.pass(recorded);
      return;
    }
    const checkpoint = message.getCheckpoint();
    if (!checkpoint) return;
    const position = positionOf(checkpoint);
    if (isPosition(position) && (!this.scanned || compare(position, this.scanned) > 0)) this.scanned = position;
  }

  private awaken(): void {
    if (!this.failure && this.position) this.options.onCounted?.(this.place);
    for (const resume of this.waiting) resume();
    for (const follower of this.followers) follower.wake();
  }

  private fail(error: Error): void {
    if (!(this.failure instanceof CheckpointUnknown)) this.failure = error;
    this.awaken();
  }

  private async look(): Promise<Checkpoint> {
    if (this.failure) throw this.failure;
    const last = await lastOfOurs(this.reads, this.names);
    // It answers again.
    this.followSoon();
    if (last) await this.reach(last);
    return this.counted;
  }

  /** Resolves when the event at this position has been counted. Rejects when nothing is counted for too long. */
  private async reach(position: Position): Promise<void> {
    let { sequence } = this;
    let until = Date.now() + this.options.giveUpAfterMs;
    while (!this.position || compare(this.position, position) < 0) {
      if (this.failure) throw this.failure;
      const left = until - Date.now();
      if (left <= 0 || this.closing.signal.aborted) {
        throw new LogUnavailable('The event log cannot be followed at the moment: its events do not come.');
      }
      await this.progress(left);
      if (this.sequence === sequence) continue;
      ({ sequence } = this);
      until = Date.now() + this.options.giveUpAfterMs;
    }
  }

  private async progress(mostMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, mostMs);
      this.waiting.add(done);
    });
  }

  /** A silent subscription may be a quiet log, a server that stands still, or one that has forgotten us. */
  private async lookAfter(): Promise<void> {
    const { call, options } = this;
    if (!call || Date.now() - this.heardAt < options.watchMs) return;
    try {
      const last = await lastOfOurs(this.reads, this.names);
      if (this.call !== call || Date.now() - this.heardAt < options.watchMs) return;
      const isLacking = this.position && (!last || compare(last, this.position) < 0);
      this.lacking = isLacking ? this.lacking + 1 : 0;
      if (isLacking) return this.lacking < LOOKS ? undefined : this.fail(new CheckpointUnknown(this.counted));
      if (!last || (this.position && compare(last, this.position) <= 0)) this.heardAt = Date.now();
      else call.close();
    } catch {
      if (this.call === call) call.close();
    }
  }
}
