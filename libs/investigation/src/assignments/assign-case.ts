import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { OptionalProse } from '../fields.js';
import { Assignees } from './assignee-fields.js';
import { MOST_ASSIGNEES, requireMembers } from './assignment-state.js';

@CommandInput('Assigns a case to those who are to work on it, beside those who do already.')
export class AssignCase extends CaseCommand {
  @Assignees('Who is to work on it: members of the case by name.')
  assignees!: string[];

  @OptionalProse('Why.')
  reason?: string | null;
}

@ObjectType({ description: 'The case was assigned to somebody.' })
@StoredEvent<CaseAssigned>('CaseAssigned', {
  version: 1,
  stix: "none: who works on a case is the house's own",
  summary: ({ assignees, reason }) => `Case assigned to ${assignees.join(', ')}${reason ? `: ${excerpt(reason)}` : ''}`,
})
export class CaseAssigned {
  @Field(() => [String], { description: "Those who were not assigned before: principals' ids." })
  assignees!: string[];

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const assignCase = slice<CaseState, AssignCase>(AssignCase, ({ assignees, reason }, state) => {
  requireOpen(state);
  requireMembers(state, assignees);
  const added = assignees.filter((id) => !state.assignees.has(id));
  if (added.length === 0) refuse('NOTHING_CHANGED', 'The case is assigned to these already.');
  if (state.assignees.size + added.length > MOST_ASSIGNEES) {
    refuse('LIMIT_EXCEEDED', `A case can be assigned to ${MOST_ASSIGNEES}; take it from somebody first.`, {
      limit: 'assignees',
      allowed: MOST_ASSIGNEES,
    });
  }
  return [event(CaseAssigned, { assignees: added, reason: reason ?? undefined })];
});
