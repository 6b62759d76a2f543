import { evolve } from '#event-sourcing/slice.js';
import { CaseAssigned } from './assign-case.js';
import { CaseLeadAssigned } from './assign-lead.js';
import { type AssignmentState } from './assignment-state.js';
import { CaseLeadRelieved } from './relieve-lead.js';
import { CaseUnassigned } from './unassign-case.js';

/** How the lead and the assignees follow from the events of a case; a membership that ends ends both (`member-evolution.ts`). */
export const assignmentEvolution = [
  evolve(CaseLeadAssigned, (state: AssignmentState, { lead }) => {
    state.lead = lead;
  }),
  evolve(CaseLeadRelieved, (state: AssignmentState) => {
    state.lead = undefined;
  }),
  evolve(CaseAssigned, (state: AssignmentState, { assignees }) => {
    for (const id of assignees) state.assignees.add(id);
  }),
  evolve(CaseUnassigned, (state: AssignmentState, { assignees }) => {
    for (const id of assignees) state.assignees.delete(id);
  }),
];
