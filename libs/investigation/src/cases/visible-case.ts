import { allow, hiddenRecords } from '#access/cases/allow.js';
import { type Actor } from '#event-sourcing/envelope.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { readerOf } from '../marks/originator.js';
import { type CaseState } from './case-state.js';
import { caseWithout } from './case-streams.js';

/** Whether this actor may know of a case. */
export const mayRead = (state: Frozen<CaseState>, actor: Actor): boolean =>
  actor.kind === 'SYSTEM' || allow(readerOf(actor), 'READ', state.access);

/**
 * Another case as an actor sees it, without the records that it may not see. Refuses with NOT_FOUND, in the same words
 * whether there is none or the actor need not know of it.
 */
export function visibleCase(loaded: unknown, caseId: string, actor: Actor): Frozen<CaseState> {
  const state = loaded as Frozen<CaseState>;
  // What was never opened nobody may know of: see `noAccess`.
  if (!mayRead(state, actor)) refuse('NOT_FOUND', `There is no case ${caseId}.`);
  return withoutHidden(state, actor);
}

/** A case that an actor may know of, without the records that it may not see. */
export function withoutHidden(state: Frozen<CaseState>, actor: Actor): Frozen<CaseState> {
  const hidden = actor.kind === 'SYSTEM' ? [] : hiddenRecords(readerOf(actor), state.access);
  return hidden.length === 0 ? state : caseWithout(state, new Set(hidden));
}
