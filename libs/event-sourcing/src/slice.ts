import { type Actor } from './envelope.js';
import { type Class, type DecidedEvent, type EventHandler, storedEventOf } from './event.js';
import { type Revision } from './log/event-log.js';

/** What every command carries beside its own fields. */
export interface CommandFields {
  /** The client's own id of this command: the same again is answered with the first result. */
  commandId: string;
  correlationId?: string | null;
  expectedRevision?: number | null;
}

/** State as a decision sees it. */
export type Frozen<T> = T extends (infer I)[]
  ? readonly Frozen<I>[]
  : T extends Map<infer K, infer V>
    ? ReadonlyMap<K, Frozen<V>>
    : T extends Set<infer V>
      ? ReadonlySet<V>
      : T extends object
        ? { readonly [K in keyof T]: Frozen<T[K]> }
        : T;

/** All that a decision may know beside its command and state: it reads no clock and draws no ids. */
export interface Context {
  actor: Actor;
  /** RFC 3339, UTC. */
  now: string;
  logId: string;
  /** The id in the stream's name: for a case's stream the case id. Exists before the stream does. */
  subjectId: string;
  /** The id of the nth thing this command creates: the same for the same command, always. */
  newId: (ordinal?: number) => string;
  /** What the server itself adds, fresh randomness for one: no part of the command's content. */
  given: Readonly<Record<string, string>>;
  /** What the slice's `needs` asked for, by name. */
  needed: Readonly<Record<string, Needed>>;
}

/** Another stream that a decision needs. */
export type Need =
  /** Its folded state, loaded from the log. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- of whatever kind the stream is
  | { kind: 'state'; aggregate: Aggregate<any>; subjectId: string }
  /** A place of one's own in it: `event` is appended at the exact revision handed out. */
  | { kind: 'reservation'; stream: string; event: (revision: Revision) => DecidedEvent }
  /** What one alone can hold. */
  | Claim;

/**
 * A claim on what one alone can hold: its stream says who claimed it last. `event` sees that, and the states of the `witnesses`
 * that the claim's own state names, all loaded from the log; it refuses, or says the event that is appended at exactly the
 * revision it saw, and is asked again if another came first.
 */
export interface Claim {
  kind: 'claim';
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- of whatever kind the stream is
  aggregate: Aggregate<any>;
  subjectId: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- of whatever kind the streams are
  witnesses?: (claimed: never) => readonly { aggregate: Aggregate<any>; subjectId: string }[];
  event: (claimed: never, witnesses: readonly Needed[]) => DecidedEvent;
}

/** What a need came to: the revision is kept in the event by the decision. */
export interface Needed {
  revision: Revision;
  state?: unknown;
}

export type Decide<S, C> = (command: C, state: Frozen<S>, context: Context) => DecidedEvent[];

/** A text's hash by a secret of this installation, as hex: whoever lacks that cannot find out by trying what was hashed. */
export type KeyedHash = (text: string) => string;

export interface SliceOptions<C, S = unknown> {
  /** Creates its stream: the subject's id is the client's or derived from the command. */
  creates?: boolean;
  /** What it needs beside its own state; refuses what need not be asked for. */
  needs?: (command: C, context: Omit<Context, 'needed'>, state: Frozen<S>) => Record<string, Need>;
  /** What the server adds to each command, fresh randomness for one: see `Context.given`. */
  gives?: () => Record<string, string>;
  /**
   * The command without the secrets in it, keyed hashes in their places: of what it answers alone is anything kept, or hashed as the
   * command's content.
   */
  conceal?: (command: C, keyedHash: KeyedHash) => C;
  /** The right on the subject that a command needs, and a role beside it; by default what any change needs. */
  right?: string;
  role?: string;
  /** Whether records count that are hidden from who sends it; otherwise its decision knows of none. */
  weighsHidden?: boolean;
}

/** One thing that can happen: its command and the pure decision on it. */
export interface Slice<S = unknown, C extends CommandFields = CommandFields> extends SliceOptions<C, S> {
  command: Class<C>;
  /** The command's name as clients see it: `openCase`. */
  name: string;
  decide: Decide<S, C>;
}

/** A slice whose command is known only to itself. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- commands are both consumed and constructed
export type AnySlice<S> = Slice<S, any>;

/** One thing that can happen: a command, by what decision it becomes events, and what the decision needs. Named like the command. */
export function slice<S, C extends CommandFields>(
  command: Class<C>,
  decide: Decide<S, C>,
  options: SliceOptions<C, S> = {},
): Slice<S, C> {
  const name = command.name.charAt(0).toLowerCase() + command.name.slice(1);
  return { command, name, decide, ...options };
}

/** What an evolution may know of an event beside its payload. */
export interface EvolveContext {
  id: string;
  revision: Revision;
  /** Who recorded it, and on whose behalf where that is somebody else. */
  readonly actor: Pick<Actor, 'id' | 'onBehalfOf'>;
  readonly recordedAt: string;
}

export type Evolve<S> = (state: S, event: never, recorded: EvolveContext) => void;

/** One case of a state's evolution. */
export interface Evolution<S> extends EventHandler<Evolve<S>> {
  eventClass: Class;
}

/** One case of a state's evolution: may change the state in place, reads no clock. */
export function evolve<S, E extends object>(
  eventClass: Class<E>,
  handle: (state: S, event: E, recorded: EvolveContext) => void,
): Evolution<S> {
  return { type: storedEventOf(eventClass).type, eventClass, handle };
}

/** A kind of stream: how its state is folded and what its commands address. */
export interface Aggregate<S> {
  /** Streams are named `<category>-<subject id>`. */
  category: string;
  initial(): S;
  evolutions: ReadonlyMap<string, Evolve<S>>;
  /** The subject a command addresses; undefined where the client left the id of a new one to us. */
  subjectOf(command: CommandFields): string | undefined;
  /** Refuses a command on a subject whose stream does not exist; without it any command may be its first. */
  missing?(subjectId: string): never;
  /** Refuses a new command, by its name, that the subject takes none of as it stands, whatever would be decided. */
  guard?(name: string, state: Frozen<S>): void;
  /** Nothing is folded or remembered, only the last revision is known. */
  tailOnly?: boolean;
  /** The last change of the record that a command names; undefined where it names none. */
  revisionOf?(command: CommandFields, state: Frozen<S>): Revision | undefined;
  /** The state as a decision sees it for whom these records do not exist; their ids stay taken. */
  without?(state: Frozen<S>, hidden: ReadonlySet<string>): Frozen<S>;
  /** Records with all that belong to them, and go where they go. */
  withTheirs?(state: Frozen<S>, records: ReadonlySet<string>): ReadonlySet<string>;
}
