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

@CommandInput('Takes a case from those who no longer work on it; who does not does not count.')
export class UnassignCase extends CaseCommand {
  @Assignees('Who no longer works on it.')
  assignees!: string[];

  @OptionalProse('Why.')
  reason?: string | null;
}

@ObjectType({ description: 'The case was taken from somebody who worked on it.' })
@StoredEvent<CaseUnassigned>('CaseUnassigned', {
  version: 1,
  stix: "none: who works on a case is the house's own",
  summary: ({ assignees, reason }) => `Case taken from ${assignees.join(', ')}${reason ? `: ${excerpt(reason)}` : ''}`,
})
export class CaseUnassigned {
  @Field(() => [String], { description: "Who worked on it until then: principals' ids." })
  assignees!: string[];

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const unassignCase = slice<CaseState, UnassignCase>(UnassignCase, ({ assignees, reason }, state) => {
  requireOpen(state);
  const taken = assignees.filter((id) => state.assignees.has(id));
  if (taken.length === 0) refuse('NOTHING_CHANGED', 'The case is assigned to none of these.');
  return [event(CaseUnassigned, { assignees: taken, reason: reason ?? undefined })];
});
