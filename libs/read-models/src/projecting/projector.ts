import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { LogUnavailable } from '#event-sourcing/log/errors.js';
import { type EventLogReader, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { type Refusal } from '#event-sourcing/refusal.js';
import { type ProjectionFailure, type ReadModelsStatus } from '../read-models.js';
import { EventNotApplied } from '../fold.js';
import { type ProjectedStore, type StoreFaults } from './projected-store.js';

/** The most events of one transaction. */
const BATCH = 500;
/** How long to wait before a full disk, a log that is away and the like are tried again, in milliseconds: doubled each time up to the longest. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 5_000;

interface Following {
  abort: AbortController;
  /** Undefined while it begins. */
  ended?: Promise<void>;
}

/** Follows the log from the checkpoint and applies whatever waits; stops before what it cannot apply. */
export class Projector {
  private state: ReadModelsStatus['state'] = 'building';
  private behindSince: string | null;
  private failure: ProjectionFailure | null = null;
  /** Where the log stood when following began: from there on it is live. */
  private target = 0;
  private following: Following | undefined;
  private waits: number;
  /** Stopped by hand: it does not go on by itself. */
  private held = false;

  constructor(
    private readonly log: EventLogReader,
    private readonly projection: ProjectedStore,
    private readonly options: {
      faults: StoreFaults;
      /** After each commit and each change of state. */
      report(status: ReadModelsStatus): void;
      clock?: () => Date;
      /** The first wait before a full disk and the like are tried again, in milliseconds. */
      retryAfterMs?: number;
    },
  ) {
    this.behindSince = this.now();
    this.waits = this.firstWait;
  }

  status(): ReadModelsStatus {
    const { sequence, position } = this.projection.checkpoint;
    const { state, behindSince, failure } = this;
    return { state, sequence, position, behindSince, failure, clockBehind: this.projection.clockBehind };
  }

  /** Begins, or goes on after a pause or failure; does nothing while it runs. */
  async start(): Promise<void> {
    this.held = false;
    if (this.following) return;
    const abort = new AbortController();
    const running: Following = (this.following = { abort });
    try {
      const ended = once(abort.signal, 'abort').then(() => undefined);
      const head = await Promise.race([this.log.head(), ended]);
      // Stopped meanwhile: what tries again by itself is in nobody's turn.
      if (!head || abort.signal.aborted) return;
      this.target = head.sequence;
      await this.projection.reopen?.(() => void this.startAnew(running));
    } catch (error) {
      if (!abort.signal.aborted) this.fail(error);
      return;
    }
    if (abort.signal.aborted) return;
    this.failure = null;
    this.enter(this.projection.checkpoint.sequence < this.target ? 'building' : 'live');
    running.ended = this.follow(abort.signal).catch((error: unknown) => this.fail(error));
  }

  async pause(): Promise<void> {
    await this.stop();
    if (this.state !== 'failed') this.enter('paused');
  }

  /** It will be stopped for good: whatever begins does not wait any longer for a log that is away. */
  end(): void {
    this.following?.abort.abort();
  }

  /** Resolves when the batch at hand has been applied. */
  async stop(): Promise<void> {
    const { following } = this;
    this.held = true;
    this.following = undefined;
    following?.abort.abort();
    await following?.ended;
  }

  /** Goes on at once from where the store stands now: that may be before what was told of it. */
  private async startAnew(running: Following): Promise<void> {
    if (!running.ended || this.following !== running) return;
    running.abort.abort();
    await running.ended;
    // Stopped meanwhile, or failed, as what it was writing was lost.
    if (this.following !== running) return;
    this.following = undefined;
    await this.start();
  }

  private async follow(signal: AbortSignal): Promise<void> {
    for await (const page of this.log.follow({ after: this.projection.checkpoint, signal })) {
      if (!Array.isArray(page)) continue;
      for (let from = 0; from < page.length && !signal.aborted; from += BATCH)
        await this.apply(page.slice(from, from + BATCH));
    }
  }

  private async apply(events: StoredEvent[]): Promise<void> {
    await this.projection.apply(events);
    this.waits = this.firstWait;
    if (this.state === 'building' && this.projection.checkpoint.sequence >= this.target) this.enter('live');
    else this.options.report(this.status());
  }

  private fail(error: unknown): void {
    this.following = undefined;
    // By its code, not its class: the module of the projections may bring a class of its own.
    const { code } = (error instanceof EventNotApplied ? (error.cause ?? {}) : {}) as Partial<Refusal>;
    const newer = code === 'NEWER_SOFTWARE_NEEDED' ? code : null;
    this.failure = this.failureOf(error, newer);
    this.enter(newer ? 'paused' : 'failed');
    if (error instanceof LogUnavailable || this.options.faults.isPassing(error)) void this.tryLater();
  }

  private failureOf(error: unknown, code: string | null): ProjectionFailure {
    if (error instanceof EventNotApplied) {
      const { event, message } = error;
      return { eventId: event.id, sequence: event.sequence, code, message: `${event.type} ${event.id}: ${message}` };
    }
    // The log's say themselves what is wrong, and what to do.
    const message = error instanceof LogUnavailable ? error.message : this.options.faults.sentence(error);
    return { eventId: null, sequence: null, code, message };
  }

  private async tryLater(): Promise<void> {
    await delay(this.waits, undefined, { ref: false });
    this.waits = Math.min(2 * this.waits, LONGEST_WAIT);
    if (this.state === 'failed' && !this.held) await this.start();
  }

  private enter(state: ReadModelsStatus['state']): void {
    this.state = state;
    this.behindSince = state === 'live' ? null : (this.behindSince ?? this.now());
    this.options.report(this.status());
  }

  private get firstWait(): number {
    return this.options.retryAfterMs ?? FIRST_WAIT;
  }

  private now(): string {
    return (this.options.clock?.() ?? new Date()).toISOString();
  }
}
