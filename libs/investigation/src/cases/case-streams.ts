import { type Aggregate } from '#event-sourcing/slice.js';
import { type CaseState } from './case-state.js';

let made: Aggregate<CaseState> | undefined;

/** Called once by the aggregate of cases: slices are a part of it, so that none can import it. */
export function caseStreams(aggregate: Aggregate<CaseState>): Aggregate<CaseState> {
  return (made = aggregate);
}

/** What another case is folded by, for a decision that needs it. */
export function anotherCase(caseId: string): { aggregate: Aggregate<CaseState>; subjectId: string } {
  return { aggregate: made!, subjectId: caseId };
}

/** A case without what does not exist for somebody, and what belongs to that. */
export const caseWithout: NonNullable<Aggregate<CaseState>['without']> = (state, hidden) =>
  made!.without!(state, made!.withTheirs!(state, hidden));
