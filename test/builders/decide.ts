import { type Actor } from '#event-sourcing/envelope.js';
import { type DecidedEvent } from '#event-sourcing/event.js';
import { thingId, uuidOf } from '#event-sourcing/hash.js';
import { type Refusal } from '#event-sourcing/refusal.js';
import {
  type Aggregate,
  type CommandFields,
  type Context,
  type Frozen,
  type Needed,
  type Slice,
} from '#event-sourcing/slice.js';
import { ann } from './actors.js';
import { deepFreeze } from './deep-freeze.js';
import { refusalFrom } from './refusal.js';

export const LOG_ID = '00000000-0000-4000-8000-000000000001';
export const NOW = '2025-01-24T09:30:00.000Z';

/** An event recorded by somebody in particular; without it events are Ann's. */
export const by = (actor: Actor, event: DecidedEvent): DecidedEvent & { actor: Actor } => ({ ...event, actor });

export interface Circumstances {
  actor?: Actor;
  now?: string;
  given?: Context['given'];
  needed?: Readonly<Record<string, Needed>>;
}

/** The id of the nth thing that a command on this stream creates, if the client gives none. */
export const derivedId = (stream: string, commandId: string, actor: Actor = ann, ordinal = 0): string =>
  thingId({ logId: LOG_ID, stream, actorId: actor.id, commandId }, ordinal);

/** Given these events, when a slice decides on a command, then ... : everything it is handed is frozen. */
export function given<S>(aggregate: Aggregate<S>, ...events: (DecidedEvent & { actor?: Actor })[]) {
  const state = fold(aggregate, events);
  return {
    when<C extends CommandFields>(slice: Slice<S, C>, command: C, circumstances: Circumstances = {}) {
      const decide = () => decideOn(aggregate, state, slice, command, circumstances);
      return {
        /** Exactly these events are decided, the same ones each time, and they can be folded. */
        then(...expected: DecidedEvent[]): void {
          const decided = decide();
          expect(decided).toStrictEqual(expected);
          expect(decide()).toStrictEqual(decided);
          fold(aggregate, [...events, ...decided]);
        },
        /** The command is refused under this code; answers the refusal's details and message. */
        thenRefused(code: string): Refusal {
          const refusal = refusalFrom(decide);
          expect(refusal.code).toBe(code);
          expect(refusal.message).toMatch(/^[A-Z].*[.)]$/s);
          return refusal;
        },
      };
    },
  };
}

/** What a slice decides: the state, the command and the context are frozen. */
export const decideOn = <S, C extends CommandFields>(
  aggregate: Aggregate<S>,
  state: S,
  slice: Slice<S, C>,
  command: C,
  circumstances: Circumstances = {},
): DecidedEvent[] =>
  slice.decide(deepFreeze(command), deepFreeze(state) as Frozen<S>, contextOf(aggregate, command, circumstances));

/** The state these events lead to, frozen. */
export function fold<S>(aggregate: Aggregate<S>, events: readonly (DecidedEvent & { actor?: Actor })[]): S {
  const state = aggregate.initial();
  events.forEach(({ type, payload, actor = ann }, revision) => {
    const evolution = aggregate.evolutions.get(type);
    if (!evolution) throw new Error(`${aggregate.category} does not evolve by ${type}.`);
    const stored = JSON.parse(JSON.stringify(payload)) as never;
    evolution(state, deepFreeze(stored), {
      id: uuidOf('event', revision),
      revision,
      actor,
      recordedAt: NOW,
    });
  });
  return deepFreeze(state);
}

function contextOf(
  aggregate: Pick<Aggregate<unknown>, 'category' | 'subjectOf'>,
  command: CommandFields,
  { actor = ann, now = NOW, given = {}, needed = {} }: Circumstances,
): Context {
  const { category } = aggregate;
  const subjectId = aggregate.subjectOf(command) ?? uuidOf(LOG_ID, category, actor.id, command.commandId);
  return deepFreeze({
    actor,
    now,
    logId: LOG_ID,
    subjectId,
    given,
    needed,
    newId: (ordinal = 0) => derivedId(`${category}-${subjectId}`, command.commandId, actor, ordinal),
  });
}
