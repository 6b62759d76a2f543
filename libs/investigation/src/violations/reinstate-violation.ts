import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { requireStatus } from './violation-state.js';

@CommandInput('Sends a decided violation, confirmed or dismissed, back to review.')
export class ReinstateViolation extends CaseCommand {
  @Id('The violation.')
  violationId!: string;

  @Prose('Why it is reviewed again.')
  reason!: string;
}

@ObjectType({ description: 'A decided violation was sent back to review.' })
@StoredEvent<TosViolationReinstated>('TosViolationReinstated', {
  version: 1,
  stix: 'event: policy-violation, status undetermined again; task investigation, ongoing',
  summary: ({ reason }) => `Violation reinstated to review: ${excerpt(reason)}`,
})
export class TosViolationReinstated {
  @Field(() => ID, { description: 'The violation.' })
  violationId!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const reinstateViolation = slice<CaseState, ReinstateViolation>(ReinstateViolation, (command, state) => {
  requireOpen(state);
  const { violationId, reason } = command;
  const { status } = standing(state.violations, violationId, 'violation');
  requireStatus(status, ['CONFIRMED', 'DISMISSED'], 'UNDER_REVIEW', 'NOT_DECIDED');
  return [event(TosViolationReinstated, { violationId, reason })];
});
