import { type Capability } from '../capability.js';
import { assignCase } from './assign-case.js';
import { assignLead } from './assign-lead.js';
import { assignmentEvolution } from './assignment-evolution.js';
import { relieveLead } from './relieve-lead.js';
import { unassignCase } from './unassign-case.js';

/** What it shows is in the case's own row: see `assignment-read-model.ts`. */
export const assignments: Capability = {
  slices: [assignLead, relieveLead, assignCase, unassignCase],
  evolution: assignmentEvolution,
};
