import { canonicalJson } from './canonical.js';
import { type Actor } from './envelope.js';
import { type DecidedEvent } from './event.js';
import { sha256, thingId, uuidOf } from './hash.js';
import { type Revision } from './log/event-log.js';
import { refuse } from './refusal.js';
import {
  type Aggregate,
  type CommandFields,
  type Context,
  type Frozen,
  type Need,
  type Needed,
  type Slice,
} from './slice.js';
import { type CommandEnvelope, type StreamSession } from './stream-session.js';
import { streamOf } from './stream-name.js';

/** What a command led to; the same again for the same command. */
export interface CommandResult {
  subjectId: string;
  stream: string;
  events: { id: string; type: string; revision: Revision; sequence: number | null }[];
  /** The stream's revision after the last of the events. */
  revision: Revision;
  sequence: number | null;
  /** True if this answers a retry: nothing was written now. */
  repeated: boolean;
}

/** A command that asks to be let in, on the loaded state of its subject. */
export interface AuthoriseRequest {
  category: string;
  /** The command's name: `openCase`. */
  name: string;
  subjectId: string;
  command: CommandFields;
  state: unknown;
  /** Whether anything was ever recorded of the subject. */
  exists: boolean;
  /** As the slice has them. */
  slice: { creates?: boolean; right?: string; role?: string };
  /** Refuses in the words that a subject is refused with that does not exist. */
  missing: () => never;
  /** Records of the subject with all that belong to them. */
  withTheirs: (records: ReadonlySet<string>) => ReadonlySet<string>;
}

/**
 * Refuses (by throwing) what the actor may not do; called on the loaded state before anything about it is answered.
 * Returns the records that do not exist for this actor, if there are any.
 */
export type Authorise = (actor: Actor, request: AuthoriseRequest) => ReadonlySet<string> | void;

export interface AttemptOptions {
  logId: string;
  authorise: Authorise;
  /** Whether streams of a category exist for an actor whose decision needs one; all do unless given. */
  sees?: (actor: Actor, category: string) => boolean;
  clock?: () => Date;
}

/** One command on its way: its ids, its envelope and the checks before its decision. */
export class CommandAttempt<S, C extends CommandFields> {
  readonly stream: string;
  readonly context: Omit<Context, 'needed'>;
  readonly envelope: CommandEnvelope & { commandId: string; commandHash: string };
  private readonly scope: readonly string[];
  private readonly eventIds: string[] = [];
  /** Records that do not exist for the actor. */
  private hidden: ReadonlySet<string> | undefined;

  constructor(
    private readonly options: AttemptOptions,
    private readonly aggregate: Aggregate<S>,
    private readonly slice: Slice<S, C>,
    private readonly command: C,
    actor: Actor,
    given: Context['given'] = {},
    traceparent?: string,
  ) {
    const { logId, clock } = options;
    const subjectId = aggregate.subjectOf(command) ?? uuidOf(logId, aggregate.category, actor.id, command.commandId);
    this.stream = streamOf(aggregate.category, subjectId);
    this.scope = [logId, this.stream, actor.id, command.commandId];
    const now = (clock?.() ?? new Date()).toISOString();
    this.context = {
      actor,
      now,
      logId,
      subjectId,
      given,
      newId: (ordinal = 0) =>
        thingId({ logId, stream: this.stream, actorId: actor.id, commandId: command.commandId }, ordinal),
    };
    this.envelope = {
      actor,
      commandId: command.commandId,
      commandHash: commandHash(slice.name, command),
      correlationId: command.correlationId ?? command.commandId,
      causationId: command.commandId,
      traceparent,
      recordedAt: now,
    };
  }

  eventId(ordinal: number): string {
    // Kept: the first one is asked for twice by every command.
    return (this.eventIds[ordinal] ??= uuidOf(...this.scope, 'event', ordinal));
  }

  /** Of a place reserved: a command that is sent again after a crash reserves another place, by an event of its own. */
  reservationId(name: string, revision: Revision): string {
    return uuidOf(...this.scope, 'reservation', name, revision);
  }

  /** Authorises, recognises a retry (true: its first result is the answer) and checks what the client expects. */
  admit(session: StreamSession<S>): boolean {
    const { slice, command, aggregate } = this;
    this.hidden = this.authorise(session);
    const first = session.recall(this.eventId(0));
    if (first) {
      if (first.commandHash !== this.envelope.commandHash) {
        refuse(
          'COMMAND_REUSED',
          'This commandId was used before for a command of other content; give each new command an id of its own.',
        );
      }
      return true;
    }
    if (slice.creates && session.revision >= 0) {
      taken(this.context.subjectId);
    }
    if (!slice.creates && session.revision < 0) aggregate.missing?.(this.context.subjectId);
    aggregate.guard?.(slice.name, session.state as Frozen<S>);
    const { expectedRevision } = command;
    if (expectedRevision !== null && expectedRevision !== undefined) {
      const revision = aggregate.revisionOf?.(command, this.seen(session)) ?? session.revision;
      if (revision !== expectedRevision) {
        refuse(
          'REVISION_CONFLICT',
          `What you change is at revision ${revision} now, not ${expectedRevision}; read it again.`,
          { current: revision },
        );
      }
    }
    return false;
  }

  /** What the decision needs beside the state. */
  needs(session: StreamSession<S>): Record<string, Need> {
    return this.slice.needs?.(this.command, this.context, this.weighed(session)) ?? {};
  }

  decide(session: StreamSession<S>, needed: Readonly<Record<string, Needed>>): DecidedEvent[] {
    const decided = this.slice.decide(this.command, this.weighed(session), { ...this.context, needed });
    if (decided.length === 0) throw new Error(`${this.slice.name} decided nothing; it must refuse by name instead.`);
    return decided;
  }

  result(events: CommandResult['events'], repeated: boolean): CommandResult {
    const last = events.at(-1)!;
    return {
      subjectId: this.context.subjectId,
      stream: this.stream,
      events,
      revision: last.revision,
      sequence: last.sequence,
      repeated,
    };
  }

  /** The events this command led to: their ids are derived from it, their revisions follow each other. */
  recallEvents(session: StreamSession<S>): CommandResult['events'] {
    const events: CommandResult['events'] = [];
    for (;;) {
      const id = this.eventId(events.length);
      const known = session.recall(id);
      if (!known) return events;
      events.push({ id, type: known.type, revision: known.revision, sequence: known.sequence });
    }
  }

  private authorise({ revision, state }: StreamSession<S>): ReadonlySet<string> | undefined {
    const { aggregate, slice, command, context } = this;
    const { category } = aggregate;
    const { subjectId } = context;
    const missing = (): never =>
      slice.creates ? taken(subjectId) : (aggregate.missing?.(subjectId) ?? unknownSubject());
    const { name } = slice;
    const withTheirs = (records: ReadonlySet<string>): ReadonlySet<string> =>
      this.aggregate.withTheirs?.(state as Frozen<S>, records) ?? records;
    const request = { category, name, subjectId, command, state, exists: revision >= 0, slice, missing, withTheirs };
    return this.options.authorise(context.actor, request) ?? undefined;
  }

  /** The state that is decided on. */
  private weighed(session: StreamSession<S>): Frozen<S> {
    return this.slice.weighsHidden ? (session.state as Frozen<S>) : this.seen(session);
  }

  /** The state as the actor may know it: what does not exist for it is not in it. */
  private seen({ state }: StreamSession<S>): Frozen<S> {
    const { aggregate, hidden } = this;
    return hidden && aggregate.without ? aggregate.without(state as Frozen<S>, hidden) : (state as Frozen<S>);
  }
}

const taken = (subjectId: string): never =>
  refuse('ALREADY_EXISTS', `The id ${subjectId} is taken; choose another, or leave it to us.`);

function unknownSubject(): never {
  throw new Error('Commands that may be the first on their subject cannot miss it.');
}

/** Of what a command says: neither its expectations nor its correlation make it another command. */
function commandHash(name: string, command: CommandFields): string {
  const { expectedRevision, correlationId, ...content } = said(command) as CommandFields;
  return sha256(canonicalJson([name, content]));
}

/** Without what says nothing, null or as if it were left out: a field that later software adds makes no command another one. */
function said(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(said);
  if (typeof value !== 'object' || value === null) return value;
  const usual = defaultsOf(value);
  const content: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member !== null && member !== undefined && !isSame(member, usual[name])) content[name] = said(member);
  }
  return content;
}

const defaultsOf = ({ constructor }: object): Record<string, unknown> =>
  constructor === undefined || constructor === Object ? {} : (new (constructor as new () => object)() as never);

const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (Array.isArray(one) && Array.isArray(other) && one.length + other.length === 0);
