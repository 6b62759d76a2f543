import { setImmediate } from 'node:timers/promises';
import { checkAppend } from '#event-sourcing/log/check-append.js';
import { WrongExpectedRevision } from '#event-sourcing/log/errors.js';
import {
  type Appended,
  type CaughtUp,
  type Checkpoint,
  type EventLog,
  type ExpectedRevision,
  type FollowOptions,
  type LogFilter,
  type NewEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  START,
  type StoredEvent,
} from '#event-sourcing/log/event-log.js';
import { logCreated, SYSTEM_LOG } from '#event-sourcing/log/system-log.js';

interface Waiting {
  stream: string;
  events: readonly NewEvent[];
  expected: ExpectedRevision;
  resolve: (appended: Appended) => void;
  reject: (error: Error) => void;
}

/** A log in memory that does what specs ask of it: holds appends back, lets one fail, counts. Made by `create`. */
export class MemoryLog implements EventLog {
  /** Every append that was answered, in order: its stream and how many events it carried. */
  readonly answered: { stream: string; events: number; stored: boolean }[] = [];
  private readonly events: StoredEvent[] = [];
  private readonly streams = new Map<string, StoredEvent[]>();
  private readonly waiting: Waiting[] = [];
  private readonly failures: { prefix: string; error: Error; stored: boolean }[] = [];
  private held = false;
  private wake: (() => void)[] = [];

  static async create(logId = '00000000-0000-4000-8000-000000000001'): Promise<MemoryLog> {
    const log = new MemoryLog();
    await log.append(SYSTEM_LOG, [logCreated(new Date(0), logId)], 'none');
    return log;
  }

  /** From now on appends wait for `release`. */
  hold(): void {
    this.held = true;
  }

  /** Answers the oldest appends that wait, all of them by default; then none waits any longer. */
  release(count?: number): void {
    if (count === undefined) this.held = false;
    for (const append of this.waiting.splice(0, count ?? this.waiting.length)) this.answer(append);
  }

  /** The next append to a stream of this prefix fails; `stored`: the log keeps it all the same. */
  failNext(prefix: string, error: Error, stored = false): void {
    this.failures.push({ prefix, error, stored });
  }

  get waits(): number {
    return this.waiting.length;
  }

  /** How many appends to this stream were stored. */
  storedAppends(stream: string): number {
    return this.answered.filter((append) => append.stream === stream && append.stored).length;
  }

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    return new Promise((resolve, reject) => {
      checkAppend(stream, events);
      this.waiting.push({ stream, events, expected, resolve, reject });
      if (!this.held) queueMicrotask(() => !this.held && this.release(1));
    });
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<StoredEvent[]> {
    await setImmediate();
    const all = this.streams.get(stream) ?? [];
    const { direction = 'forwards', from, limit = Infinity } = options;
    const ordered =
      direction === 'forwards' ? all.slice(from ?? 0) : all.slice(0, (from ?? all.length - 1) + 1).reverse();
    yield* pages(ordered.slice(0, limit));
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<StoredEvent[]> {
    await setImmediate();
    const { direction = 'forwards', after, filter, limit = Infinity } = options;
    const ordered = direction === 'forwards' ? this.events : [...this.events].reverse();
    const beyond = ordered.filter(({ sequence }) => {
      if (!after) return true;
      return direction === 'forwards' ? sequence! > after.sequence : sequence! < after.sequence;
    });
    yield* pages(beyond.filter((event) => passes(filter, event)).slice(0, limit));
  }

  async readEvents(places: readonly Checkpoint[]): Promise<StoredEvent[]> {
    await setImmediate();
    return places.map(({ sequence }) => {
      const event = this.events[sequence - 1];
      if (!event) throw new RangeError(`There is no event at ${sequence}.`);
      return event;
    });
  }

  async *follow({ after, filter, signal }: FollowOptions): AsyncGenerator<StoredEvent[] | CaughtUp> {
    let seen = after.sequence;
    const aborted = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
    while (!signal?.aborted) {
      const fresh = this.events.slice(seen);
      seen = this.events.length;
      const moved = new Promise<void>((resolve) => this.wake.push(resolve));
      yield* pages(fresh.filter((event) => passes(filter, event)));
      yield { caughtUp: true, head: { sequence: seen, position: String(seen) } };
      await Promise.race([moved, aborted]);
    }
  }

  head(): Promise<Checkpoint> {
    const last = this.events.at(-1);
    return Promise.resolve(last ? { sequence: last.sequence!, position: last.position } : START);
  }

  identity(): Promise<string> {
    return Promise.resolve((JSON.parse(this.events[0].payload) as { logId: string }).logId);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private answer({ stream, events, expected, resolve, reject }: Waiting): void {
    const failing = this.failures.findIndex(({ prefix }) => stream.startsWith(prefix));
    const [failure] = failing < 0 ? [] : this.failures.splice(failing, 1);
    let error: Error | undefined = failure?.error;
    let result: Appended | undefined;
    if (!failure || failure.stored) {
      try {
        result = this.store(stream, events, expected);
      } catch (conflict) {
        error = conflict as Error;
      }
    }
    this.answered.push({ stream, events: events.length, stored: result !== undefined });
    if (error) reject(error);
    else resolve(result!);
    for (const wake of this.wake.splice(0)) wake();
  }

  private store(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Appended {
    const stored = this.streams.get(stream) ?? [];
    const actual = stored.length - 1;
    const after = expected === 'none' ? -1 : expected;
    if (after !== 'any' && after !== actual) {
      const there = stored.slice(after + 1, after + 1 + events.length);
      const isSame = there.every(({ id, hash }, n) => id === events[n].id && hash === events[n].hash);
      if (there.length === events.length && isSame) return appended(there);
      throw new WrongExpectedRevision(stream, expected, actual);
    }
    const { previousHash } = events[0];
    if (after !== 'any' && previousHash && previousHash !== stored.at(-1)?.hash) {
      throw new WrongExpectedRevision(stream, expected, actual);
    }
    const added = events.map(({ previousHash, ...event }, n) => {
      const sequence = this.events.length + n + 1;
      return { ...event, stream, revision: actual + 1 + n, sequence, position: String(sequence) };
    });
    this.streams.set(stream, [...stored, ...added]);
    this.events.push(...added);
    return appended(added);
  }
}

const appended = (events: readonly StoredEvent[]): Appended => ({
  firstRevision: events[0].revision,
  lastRevision: events.at(-1)!.revision,
  events: events.map(({ id, revision, sequence, position }) => ({ id, revision, sequence, position })),
});

const passes = (filter: LogFilter | undefined, { stream, type }: StoredEvent): boolean =>
  (filter?.streamPrefixes?.some((prefix) => stream.startsWith(prefix)) ?? true) &&
  (filter?.types?.includes(type) ?? true);

/** Small, so that a fold has to go over several. */
function* pages(events: readonly StoredEvent[]): Generator<StoredEvent[]> {
  for (let at = 0; at < events.length; at += 3) yield events.slice(at, at + 3);
}
