import { setMaxListeners } from 'node:events';
import { checkAppend } from '../check-append.js';
import { AppendTooLarge, LogOverloaded, LogUnavailable, WrongExpectedRevision } from '../errors.js';
import { type Appended, type ExpectedRevision, type NewEvent } from '../event-log.js';
import { type AppendAnswer } from './append-answer.js';
import { type AppendCalls } from './append-calls.js';
import { type Arrival } from './arrivals.js';
import { AppendRequest } from './append-request.js';
import { Backoff } from './backoff.js';
import { isDenied, isRefused, reasonOf } from './failures.js';
import { inTime } from './in-time.js';
import { type KnownHashes } from './known-hashes.js';
import { StreamTurns } from './stream-turns.js';
import { type StreamNames } from './streams.js';
import { type Tail } from './tail.js';

export interface AppenderOptions {
  /** How long one try may take, and all of them together, in milliseconds. */
  appendTimeoutMs: number;
  giveUpAfterMs: number;
  /** The first wait between tries, in milliseconds. */
  retryAfterMs: number;
  maxWaiting: number;
  maxWaitingBytes: number;
}

/** An event that was stored comes back over the subscription in some milliseconds; after so many it is read. */
const ARRIVAL_MS = 250;
/** Whoever has waited in vain was behind: for so long the others do not wait. */
const MISSED_MS = 1_000;
/** The last try, too, is given time to be answered. */
const LEAST_TRY_MS = 500;

/** Appends: per stream one after another, each tried until its outcome is known or the time is up. */
export class Appender {
  readonly waiting = { appends: 0, bytes: 0 };
  private readonly closing = new AbortController();
  private readonly turns: StreamTurns;
  /** When an event last did not come by in time. */
  private missedAt = 0;

  constructor(
    private readonly names: StreamNames,
    private readonly calls: AppendCalls,
    private readonly hashes: KnownHashes,
    private readonly tail: Pick<Tail, 'arrivals' | 'isFollowing'>,
    private readonly options: AppenderOptions,
  ) {
    // As many as wait to be tried again listen to it.
    setMaxListeners(0, this.closing.signal);
    this.turns = new StreamTurns(options.giveUpAfterMs, this.closing.signal);
  }

  async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    const bytes = checkAppend(stream, events);
    const name = this.names.onServer(stream);
    if (this.closing.signal.aborted) throw new LogUnavailable('The event log takes nothing more: it is being closed.');
    const { maxWaiting, maxWaitingBytes } = this.options;
    if (this.waiting.appends >= maxWaiting || this.waiting.bytes + bytes > maxWaitingBytes) {
      throw new LogOverloaded(
        `${this.waiting.appends} appends (${this.waiting.bytes} bytes) already wait to be stored; send fewer at once and try again.`,
      );
    }
    this.waiting.appends++;
    this.waiting.bytes += bytes;
    try {
      return await this.turns.take(stream, (until) => this.store(stream, name, events, expected, until));
    } finally {
      this.waiting.appends--;
      this.waiting.bytes -= bytes;
    }
  }

  /** Takes nothing new; resolves when what was taken has its outcome. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.turns.over();
  }

  private async store(
    stream: string,
    name: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
    until: number,
  ): Promise<Appended> {
    if (Date.now() >= until) throw unavailable(stream, 'what was sent before was given up', false);
    const { previousHash } = events[0];
    if (typeof expected === 'number' && previousHash !== undefined) {
      // The server compares revisions only: another writer's event may stand where ours was expected.
      const there =
        this.hashes.known(stream, expected) ??
        (await inTime(this.hashes.at(stream, expected), until, this.closing.signal, () =>
          unavailable(stream, 'what stands before it cannot be read', false),
        ));
      if (there.hash !== previousHash) throw new WrongExpectedRevision(stream, expected, there.lastRevision);
    }
    const last = expected === 'any' ? undefined : revisionAfter(expected, events);
    const arrival = last === undefined ? undefined : this.tail.arrivals.expect(name, last);
    try {
      const request = new AppendRequest(name, events, expected);
      const { answer, isUnknown } = await this.tryUntilKnown(request, stream, expected, until);
      if (answer.kind !== 'stored') return this.refuse(answer, isUnknown, stream, expected, request);
      if (arrival) await this.confirm(arrival, stream, expected, last!, events);
      return this.stored(answer, last ?? answer.lastRevision, stream, events);
    } finally {
      arrival?.forget();
    }
  }

  /**
   * Success can mean that events of these ids stand there since before: another process has recorded the same command, at
   * another moment. Those are not ours, and nothing may be chained on to them as if they were.
   */
  private async confirm(
    arrival: Arrival,
    stream: string,
    expected: ExpectedRevision,
    last: number,
    events: readonly NewEvent[],
  ): Promise<void> {
    const hash = (await this.arrived(arrival)) ?? (await this.read(stream, last));
    if (hash === events[events.length - 1].hash) return;
    this.hashes.learn(stream, last, hash);
    throw new WrongExpectedRevision(stream, expected, last);
  }

  private async arrived(arrival: Arrival): Promise<string | undefined> {
    const isBehind = !this.tail.isFollowing || Date.now() - this.missedAt < MISSED_MS;
    const hash = await arrival.within(isBehind ? 0 : ARRIVAL_MS);
    if (hash === undefined && !isBehind) this.missedAt = Date.now();
    return hash;
  }

  /** What stands there though it has not come by. It is there: a node that does not know of it yet is asked again. */
  private async read(stream: string, revision: number): Promise<string> {
    const backoff = new Backoff(this.options.retryAfterMs, 2_000);
    const until = Date.now() + this.options.giveUpAfterMs;
    do {
      const hash = await this.hashes.asked(stream, revision).catch((error: unknown) => {
        throw unavailable(stream, reasonOf(error), true);
      });
      if (hash !== null) return hash;
      await backoff.wait(this.closing.signal);
    } while (Date.now() < until && !this.closing.signal.aborted);
    throw unavailable(stream, 'what it has stored cannot be read', true);
  }

  private stored(
    answer: Extract<AppendAnswer, { kind: 'stored' }>,
    last: number,
    stream: string,
    events: readonly NewEvent[],
  ): Appended {
    const first = last - events.length + 1;
    this.hashes.learn(stream, last, events[events.length - 1].hash);
    return {
      firstRevision: first,
      lastRevision: last,
      events: events.map(({ id }, n) => ({
        id,
        revision: first + n,
        sequence: null,
        // The server tells that of the last event only.
        position: n === events.length - 1 ? answer.position : null,
      })),
    };
  }

  /**
   * The same events at the same revision again, for as long as it is not known whether they were stored: at an exact
   * revision (or at none) the server recognises them. At 'any' it may have forgotten them, and would store them twice.
   */
  private async tryUntilKnown(
    request: AppendRequest,
    stream: string,
    expected: ExpectedRevision,
    until: number,
  ): Promise<{ answer: AppendAnswer; isUnknown: boolean }> {
    const { appendTimeoutMs, retryAfterMs } = this.options;
    const backoff = new Backoff(retryAfterMs, 2_000);
    let isUnknown = false;
    // Each try is given more time than the one before: a server that is slow would never get done what is always cut short.
    for (let timeoutMs = appendTimeoutMs; ; timeoutMs *= 2) {
      let reason: string;
      try {
        const answer = await this.calls.send(request, Math.max(LEAST_TRY_MS, Math.min(timeoutMs, until - Date.now())));
        if (answer.kind !== 'timed out' && answer.kind !== 'not now') return { answer, isUnknown };
        reason = answer.kind === 'not now' ? answer.reason : 'the server did not get it done in time';
        isUnknown ||= answer.kind === 'timed out';
      } catch (error) {
        if (isDenied(error))
          throw new LogUnavailable(`The event log refuses this: ${reasonOf(error)}.`, isUnknown, { cause: error });
        reason = reasonOf(error);
        isUnknown ||= !isRefused(error);
      }
      const isOver = Date.now() >= until || this.closing.signal.aborted || (isUnknown && expected === 'any');
      if (isOver) throw unavailable(stream, reason, isUnknown);
      await backoff.wait(this.closing.signal);
    }
  }

  /** @param isUnknown an earlier try may have been stored */
  private refuse(
    answer: Exclude<AppendAnswer, { kind: 'stored' }>,
    isUnknown: boolean,
    stream: string,
    expected: ExpectedRevision,
    request: AppendRequest,
  ): never {
    if (answer.kind === 'conflict') throw new WrongExpectedRevision(stream, expected, answer.actual);
    if (answer.kind === 'too large') throw new AppendTooLarge(request.bytes, answer.allowed);
    if (answer.kind === 'deleted') {
      throw new LogUnavailable(
        `The stream ${stream} was deleted on the server, which Caseledger never does: restore it.`,
        isUnknown,
      );
    }
    if (answer.kind === 'denied') {
      throw new LogUnavailable(
        'The event log refuses this: its user may not write there; correct EVENT_LOG.',
        isUnknown,
      );
    }
    throw new LogUnavailable(
      `The event log refuses this: ${answer.kind === 'refused' ? answer.reason : answer.kind}.`,
      true,
    );
  }
}

const revisionAfter = (expected: number | 'none', events: readonly NewEvent[]): number =>
  (expected === 'none' ? -1 : expected) + events.length;

function unavailable(stream: string, reason: string, isUnknown: boolean): LogUnavailable {
  const outcome = isUnknown ? 'it is not known whether this append was stored' : 'nothing of this append was stored';
  return new LogUnavailable(
    `The event log cannot store in ${stream} at the moment (${reason}): ${outcome}.`,
    isUnknown,
  );
}
