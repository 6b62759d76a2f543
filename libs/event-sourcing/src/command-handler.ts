import { type AttemptOptions, CommandAttempt, type CommandResult } from './command-attempt.js';
import { type Actor } from './envelope.js';
import { WrongExpectedRevision } from './log/errors.js';
import { type CommandLog, type Revision } from './log/event-log.js';
import { Refusal, refuse } from './refusal.js';
import { type EventRegistry } from './registry.js';
import { SessionCache } from './session-cache.js';
import {
  type Aggregate,
  type Claim,
  type CommandFields,
  type Context,
  type Frozen,
  type KeyedHash,
  type Need,
  type Needed,
  type Slice,
} from './slice.js';
import { type CommandEnvelope, StreamSession } from './stream-session.js';
import { streamOf } from './stream-name.js';

export interface CommandHandlerOptions extends AttemptOptions {
  log: CommandLog;
  registry: EventRegistry;
  /** For slices that conceal something; without it their commands fail. */
  keyedHash?: KeyedHash;
  /** Bound of the folded streams kept in memory, in bytes (24 MiB if not given: some cases of 10,000 events, thousands of small ones). */
  cacheBytes?: number;
}

/** How often a command is decided anew because another process wrote to its stream in between. */
const MAX_ATTEMPTS = 20;
/** How often other streams are read for a command whose own moves on meanwhile; then it takes what it has. */
const MAX_READINGS = 5;

/** Carries out commands: load, authorise, recognise a retry, check the revision, decide, append, answer. */
export class CommandHandler {
  private readonly cache: SessionCache;

  constructor(private readonly options: CommandHandlerOptions) {
    this.cache = new SessionCache(options.log, options.registry, options.cacheBytes ?? 24 * 1024 * 1024);
  }

  /**
   * Resolves when the events are durable. Rejects with a Refusal, or with the log's error; then nothing was written.
   * `traceparent` is kept in their envelopes.
   */
  async execute<S, C extends CommandFields>(
    aggregate: Aggregate<S>,
    slice: Slice<S, C>,
    command: C,
    actor: Actor,
    given?: Context['given'],
    traceparent?: string,
  ): Promise<CommandResult> {
    const said = slice.conceal?.(command, this.options.keyedHash ?? noKey) ?? command;
    const attempt = new CommandAttempt(this.options, aggregate, slice, said, actor, given, traceparent);
    const needed: Record<string, Needed> = {};
    let neededBy: { session: StreamSession<S>; revision: Revision } | undefined;
    for (let tries = 1; ; tries++) {
      const cached = this.cache.peek<S>(attempt.stream);
      const isOlder = cached !== undefined || this.cache.isLoading(attempt.stream);
      const session = cached ?? (await this.cache.get(attempt.stream, aggregate));
      const { revision } = session;
      try {
        if (attempt.admit(session)) {
          await session.settled();
          if (session.dead) continue;
          // Asked again: an event that was in flight has its sequence only now.
          return attempt.result(attempt.recallEvents(session), true);
        }
        // Asked of the very state that is decided on. What is taken stays taken, what others say is read again with it.
        const isNewer = tries <= MAX_READINGS && (neededBy?.session !== session || neededBy.revision !== revision);
        const missing = Object.entries(attempt.needs(session)).filter(
          ([name, { kind }]) => !Object.hasOwn(needed, name) || (kind === 'state' && isNewer),
        );
        if (missing.length > 0) {
          neededBy = { session, revision };
          Object.assign(needed, await this.fetch(missing, attempt));
          continue;
        }
        const decided = attempt.decide(session, needed);
        const before = session.bytes;
        const appended = session.append(
          decided,
          decided.map((_, index) => attempt.eventId(index)),
          attempt.envelope,
        );
        this.cache.grown(session as StreamSession<unknown>, before);
        const { events } = await appended;
        return attempt.result(
          events.map(({ id, revision, sequence }, index) => ({ id, type: decided[index].type, revision, sequence })),
          false,
        );
      } catch (error) {
        if (error instanceof Refusal) {
          // A refusal must stand on what is durable: nothing in flight that fails, nothing newer from elsewhere.
          await session.settled();
          if (!session.dead && !(isOlder && (await session.isBehind(revision)))) throw error;
          this.cache.drop(session as StreamSession<unknown>);
        } else if (!(error instanceof WrongExpectedRevision)) {
          throw error;
        }
        if (tries >= MAX_ATTEMPTS) {
          refuse(
            'REVISION_CONFLICT',
            `Others keep writing here; nothing was stored in ${tries} attempts. Send it again.`,
            { current: error instanceof WrongExpectedRevision ? error.actual : revision },
          );
        }
      }
    }
  }

  /** A stream's state with all that is stored, whoever stored it; null if there is no stream. */
  async stateOf<S>(aggregate: Aggregate<S>, subjectId: string): Promise<Frozen<S> | null> {
    const stream = streamOf(aggregate.category, subjectId);
    for (;;) {
      const cached = this.cache.peek<S>(stream);
      const isOlder = cached !== undefined || this.cache.isLoading(stream);
      const session = cached ?? (await this.cache.get(stream, aggregate));
      const { revision } = session;
      await session.settled();
      if (!session.dead && !(isOlder && (await session.isBehind(revision))))
        return session.revision < 0 ? null : (session.state as Frozen<S>);
      this.cache.drop(session as StreamSession<unknown>);
    }
  }

  private async fetch(
    needs: readonly [string, Need][],
    attempt: Pick<CommandAttempt<never, never>, 'envelope' | 'reservationId'>,
  ): Promise<Record<string, Needed>> {
    const needed: Record<string, Needed> = {};
    for (const [name, need] of needs) {
      const idOf = (revision: Revision) => attempt.reservationId(name, revision);
      if (need.kind === 'state') needed[name] = await this.loadFor(attempt.envelope.actor, need);
      else if (need.kind === 'claim') needed[name] = await this.claim(need, attempt.envelope, idOf);
      else needed[name] = await this.reserve(need, attempt.envelope, idOf);
    }
    return needed;
  }

  /** What does not exist for the actor is as if it had never been recorded. */
  private async loadFor<S>(actor: Actor, need: { aggregate: Aggregate<S>; subjectId: string }): Promise<Needed> {
    const { aggregate } = need;
    if (this.options.sees?.(actor, aggregate.category) ?? true) return this.load(need);
    return { revision: -1, state: aggregate.initial() };
  }

  /** Folded from the log for this decision alone: durable, and nobody moves it on between here and the decision. */
  private async load<S>({
    aggregate,
    subjectId,
  }: {
    aggregate: Aggregate<S>;
    subjectId: string;
  }): Promise<StreamSession<S>> {
    const { log, registry } = this.options;
    return StreamSession.load(streamOf(aggregate.category, subjectId), aggregate, log, registry);
  }

  /** Takes what one alone can hold, if the claim's event does not refuse. A command that fails later, or is sent again after a crash, leaves a claim that nothing came of. */
  private async claim(
    { aggregate, subjectId, witnesses, event }: Claim,
    envelope: CommandEnvelope,
    idOf: (revision: Revision) => string,
  ): Promise<Needed> {
    for (let tries = 1; ; tries++) {
      const session = await this.load<unknown>({ aggregate, subjectId });
      const claimed = session.state as never;
      const heard = await Promise.all((witnesses?.(claimed) ?? []).map((witness) => this.load<unknown>(witness)));
      const revision = session.revision + 1;
      try {
        await session.append([event(claimed, heard)], [idOf(revision)], envelope);
        return { revision };
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision) || tries >= MAX_ATTEMPTS) throw error;
      }
    }
  }

  /** Takes the stream's next revision; many at once are pipelined. A command that fails later, or is sent again after a crash, leaves a gap. */
  private async reserve(
    need: Extract<Need, { kind: 'reservation' }>,
    envelope: CommandEnvelope,
    idOf: (revision: Revision) => string,
  ): Promise<Needed> {
    for (;;) {
      const session = await this.cache.get(need.stream, RESERVATIONS);
      const revision = session.revision + 1;
      const appended = session.append([need.event(revision)], [idOf(revision)], envelope);
      try {
        await appended;
        return { revision };
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision)) throw error;
      }
    }
  }
}

const noKey = (): never => {
  throw new Error('There is no key to conceal a secret with.');
};

/** Streams of reservations have no state but their revision. */
const RESERVATIONS: Aggregate<null> = {
  category: 'reservation',
  initial: () => null,
  evolutions: new Map(),
  subjectOf: () => undefined,
  tailOnly: true,
};
