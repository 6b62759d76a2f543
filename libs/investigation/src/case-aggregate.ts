import { handlersByType } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type Aggregate, type CommandFields } from '#event-sourcing/slice.js';
import { capabilities } from './capabilities.js';
import { type CaseCommand } from './cases/case-command.js';
import { type CaseState } from './cases/case-state.js';

/** Everything in a case is one stream: `case-<uuid>`. */
export const caseAggregate: Aggregate<CaseState> = {
  category: 'case',
  initial: () => ({
    status: 'OPEN',
    title: '',
    caseKind: 'CASE',
    description: undefined,
    records: new Map(),
    parties: new Map(),
    observations: new Map(),
    notifications: new Map(),
    violations: new Map(),
    notes: new Map(),
  }),
  evolutions: handlersByType(capabilities.flatMap(({ evolution }) => evolution)),
  subjectOf: (command) => (command as CommandFields & { caseId?: string | null }).caseId ?? undefined,
  missing: (caseId) => refuse('NOT_FOUND', `There is no case ${caseId}.`),
  revisionOf: (command, state) => {
    for (const [field, value] of Object.entries(command as CaseCommand)) {
      const record = typeof value === 'string' ? state.records.get(value) : undefined;
      if (record && field === `${record.kind}Id`) return record.revision;
    }
    return undefined;
  },
};
