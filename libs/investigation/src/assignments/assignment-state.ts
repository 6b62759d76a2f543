import { granteeName } from '#access/cases/case-access.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { type AccessState } from '../members/access-state.js';

export interface AssignmentState {
  /** The principal who leads the case. */
  lead: string | undefined;
  /** The principals who work on it. */
  assignees: Set<string>;
}

/** So many can be assigned to a case. */
export const MOST_ASSIGNEES = 100;

/** Before anybody was assigned. */
export const nobodyAssigned = (): AssignmentState => ({ lead: undefined, assignees: new Set() });

/** Refuses with NOT_A_MEMBER whoever is no member of the case by name: what a group may read can change without a word here. */
export function requireMembers({ access }: Frozen<AccessState>, principals: readonly string[]): void {
  for (const id of principals) {
    if (access.members.has(granteeName('PERSON', id))) continue;
    refuse(
      'NOT_A_MEMBER',
      `Nobody called ${id} is a member of this case by name (kind PERSON); add them first (addMember).`,
    );
  }
}

/** Who is no member any more neither leads the case nor is assigned to it. */
export function unassign(state: AssignmentState, principal: string): void {
  if (state.lead === principal) state.lead = undefined;
  state.assignees.delete(principal);
}
