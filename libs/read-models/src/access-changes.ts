import { type RecordedEnvelope } from '#event-sourcing/envelope.js';
import { type Class, type EventHandler, handlersByType, storedEventOf } from '#event-sourcing/event.js';

/** What an event does to who may see the subject in whose stream it stands. It holds now, for every view of the past too. */
export type AccessChange =
  /**
   * A name, or anybody, may see the subject from this event on; nothing changes where it may already. Readers who are shown
   * nothing of before a grant see that too by one with `history`.
   */
  | { op: 'grant'; name: string; history: boolean }
  /** The grant to this name, if there is one, is with its history from now on, or without. */
  | { op: 'history'; name: string; history: boolean }
  /** It may no longer; nothing changes where it may not. */
  | { op: 'revoke'; name: string }
  /** Stands around a record from now on, in place of one of the same id; these names pass. */
  | { op: 'wall'; record: string; wall: string; kind: string; names: readonly string[] }
  | { op: 'unwall'; record: string; wall: string }
  /** A record belongs to these from now on, in place of others: what stands around or on one of them holds for it, too. */
  | { op: 'part'; record: string; of: readonly string[] }
  | MarkChange;

/** A record to be marked that stands for the subject itself. */
export const THE_SUBJECT = '';

/**
 * Stands on a record or on the whole subject ({@link THE_SUBJECT}) from now on, in place of one of the same originator. It holds
 * back what it stands on from those only whom marks hold at all: see `AccessFilter.marks`.
 */
export interface MarkChange {
  op: 'mark';
  record: string;
  level: string;
  /** Whose word it is, as a name; empty: nobody's of those who read. */
  originator: string;
  /** Whom it names. */
  recipients: readonly string[];
  /** What readers are shown of it. */
  shown: object;
}

export const grant = (name: string, history = false): AccessChange => ({ op: 'grant', name, history });
export const revoke = (name: string): AccessChange => ({ op: 'revoke', name });

/** What one event does to access: pure. */
export type ProjectAccess = (event: never, recorded: RecordedEnvelope) => AccessChange[];

/** How access follows from events, by their types. */
export type AccessModel = ReadonlyMap<string, ProjectAccess>;

/** A handler of one event type, for an access model's list. */
export const onAccess = <E extends object>(
  eventClass: Class<E>,
  handle: (event: E, recorded: RecordedEnvelope) => AccessChange[],
): EventHandler<ProjectAccess> => ({ type: storedEventOf(eventClass).type, handle: handle });

/** An access model of handlers made by `onAccess`. Throws where a type is handled twice. */
export const accessModel = (handlers: readonly EventHandler<ProjectAccess>[]): AccessModel => handlersByType(handlers);
