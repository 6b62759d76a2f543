import { type Envelope, openEnvelope, sealEvent } from './envelope.js';
import { type DecidedEvent } from './event.js';
import { type Appended, type CommandLog, type NewEvent, type Revision, type StoredEvent } from './log/event-log.js';
import { checkPayload } from './payload-check.js';
import { type EventRegistry } from './registry.js';
import { type Aggregate, type EvolveContext } from './slice.js';

/** What is remembered of each event, to recognise a command that comes again. */
export interface Remembered {
  type: string;
  revision: Revision;
  commandHash: string | null;
  sequence: number | null;
}

/** The envelope's members that a command gives, the rest being the stream's. */
export type CommandEnvelope = Pick<
  Envelope,
  'actor' | 'commandId' | 'commandHash' | 'correlationId' | 'causationId' | 'traceparent' | 'recordedAt'
>;

/** Bookkeeping of an event beside its payload in memory (ids, hashes, map entries), in bytes: an estimate for the cache's bound. */
const BYTES_PER_EVENT = 400;
/** What a folded state takes before its first event: a case's has some forty empty maps. Streams that do not exist take it too. */
const BYTES_OF_STATE = 8_192;
/** Folded objects take about this many times their JSON text. */
const BYTES_PER_CHARACTER = 3;

/**
 * One stream's folded state, including appends still in flight: decisions are made one after another against it,
 * and sent without waiting. If an append fails the session is dead, and whoever used it decides again on a fresh one.
 */
export class StreamSession<S> {
  readonly state: S;
  /** The last revision, with appends in flight; -1 without a stream. */
  revision: Revision = -1;
  dead = false;
  bytes: number;
  private lastHash: string | null = null;
  private readonly remembered = new Map<string, Remembered>();
  private readonly inFlight = new Set<Promise<Appended>>();

  private constructor(
    readonly stream: string,
    private readonly aggregate: Aggregate<S>,
    private readonly log: CommandLog,
    private readonly registry: EventRegistry,
  ) {
    this.state = aggregate.initial();
    this.bytes = aggregate.tailOnly ? BYTES_PER_EVENT : BYTES_OF_STATE;
  }

  /** Folds the stream from the log. Refuses with NEWER_SOFTWARE_NEEDED where it holds what this software does not know. */
  static async load<S>(
    stream: string,
    aggregate: Aggregate<S>,
    log: CommandLog,
    registry: EventRegistry,
  ): Promise<StreamSession<S>> {
    const session = new StreamSession(stream, aggregate, log, registry);
    if (aggregate.tailOnly) {
      for await (const [last] of log.readStream(stream, { direction: 'backwards', limit: 1 }))
        if (last) session.move(last, last.revision);
      return session;
    }
    for await (const page of log.readStream(stream, { lazyMetadata: true }))
      for (const event of page) session.apply(event);
    return session;
  }

  get idle(): boolean {
    return this.inFlight.size === 0;
  }

  /** What is remembered of an event of this stream. */
  recall(eventId: string): Remembered | undefined {
    return this.remembered.get(eventId);
  }

  /** Resolves when what is in flight now has ended, either way. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.inFlight);
  }

  /** True if what stands in the stream right after this revision was not sent by this session. */
  async isBehind(revision: Revision): Promise<boolean> {
    for await (const [next] of this.log.readStream(this.stream, { from: revision + 1, limit: 1 })) {
      return this.remembered.get(next.id)?.revision !== next.revision;
    }
    return false;
  }

  /**
   * Sends events at the session's revision and folds them at once. The promise is that of their durability;
   * payloads are checked against their schemas before anything is sent.
   */
  append(decided: readonly DecidedEvent[], ids: readonly string[], command: CommandEnvelope): Promise<Appended> {
    for (const { type, payload } of decided) checkPayload(this.registry, type, payload);
    const expected = this.revision < 0 ? 'none' : this.revision;
    const appended = this.send(decided, ids, command, expected);
    this.inFlight.add(appended);
    appended.then(
      (result) => this.confirm(appended, result),
      () => this.fail(appended),
    );
    return appended;
  }

  private send(
    decided: readonly DecidedEvent[],
    ids: readonly string[],
    command: CommandEnvelope,
    expected: Revision | 'none',
  ): Promise<Appended> {
    const { bytes } = this;
    try {
      const events = decided.map((event, index) => this.seal(event, ids[index], command));
      return this.log.append(this.stream, events, expected);
    } catch (error) {
      // Folded in part and never sent: nobody may decide on this state.
      this.dead = true;
      this.bytes = bytes;
      throw error;
    }
  }

  private seal(decided: DecidedEvent, id: string, command: CommandEnvelope): NewEvent {
    const revision = this.revision + 1;
    const { type, version, payload } = decided;
    const envelope = {
      ...command,
      id,
      type,
      schemaVersion: version,
      stream: this.stream,
      revision,
      previousHash: this.lastHash,
    };
    const sealed = sealEvent(envelope, payload);
    this.fold(sealed, revision, null, payload, {
      id,
      revision,
      actor: command.actor,
      recordedAt: command.recordedAt,
    });
    return sealed;
  }

  private apply(event: StoredEvent): void {
    const payload = this.registry.decode(event.type, event.schemaVersion, event.payload);
    this.fold(event, event.revision, event.sequence, payload, new LoadedContext(event));
  }

  private fold(
    event: NewEvent,
    revision: Revision,
    sequence: number | null,
    payload: Record<string, unknown>,
    context: EvolveContext,
  ): void {
    this.move(event, revision);
    if (this.aggregate.tailOnly) return;
    this.aggregate.evolutions.get(event.type)?.(this.state, payload as never, context);
    this.remembered.set(event.id, { type: event.type, revision, commandHash: event.commandHash, sequence });
    this.bytes += BYTES_PER_EVENT + BYTES_PER_CHARACTER * event.payload.length;
  }

  private move(event: NewEvent, revision: Revision): void {
    this.revision = revision;
    this.lastHash = event.hash;
  }

  private confirm(appended: Promise<Appended>, result: Appended): void {
    this.inFlight.delete(appended);
    for (const { id, sequence } of result.events) {
      const event = this.remembered.get(id);
      if (event) event.sequence = sequence;
    }
  }

  private fail(appended: Promise<Appended>): void {
    this.dead = true;
    this.inFlight.delete(appended);
  }
}

/** What an evolution may know of a stored event. Parses its metadata only if it is asked for: most read payloads alone. */
export class LoadedContext implements EvolveContext {
  constructor(private readonly event: StoredEvent) {}

  get id(): string {
    return this.event.id;
  }

  get revision(): Revision {
    return this.event.revision;
  }

  get actor(): EvolveContext['actor'] {
    return openEnvelope(this.event, 0).actor;
  }

  get recordedAt(): string {
    return openEnvelope(this.event, 0).recordedAt;
  }
}
