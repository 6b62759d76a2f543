import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { principalsOf } from '#event-sourcing/envelope.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { requireStatus } from './violation-state.js';

@CommandInput('Dismisses a violation that is not confirmed; a confirmed one is first reinstated to review.')
export class DismissViolation extends CaseCommand {
  @Id('The violation.')
  violationId!: string;

  @Prose('Why it is dismissed.')
  reason!: string;
}

@ObjectType({ description: 'A violation was dismissed.' })
@StoredEvent<TosViolationDismissed>('TosViolationDismissed', {
  version: 1,
  stix: 'event: policy-violation, status not-occurred; incident determination false-positive',
  summary: ({ reason }) => `Violation dismissed: ${excerpt(reason)}`,
})
export class TosViolationDismissed {
  @Field(() => ID, { description: 'The violation.' })
  violationId!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const dismissViolation = slice<CaseState, DismissViolation>(DismissViolation, (command, state, context) => {
  requireOpen(state);
  const { violationId, reason } = command;
  const { status, reinstatedBy } = standing(state.violations, violationId, 'violation');
  requireStatus(status, ['SUSPECTED', 'ALLEGED', 'UNDER_REVIEW'], 'DISMISSED', 'ALREADY_CONFIRMED');
  if (principalsOf(context.actor).some((id) => reinstatedBy?.has(id)))
    refuse('FOUR_EYES', 'You reinstated what stood confirmed; have a second person dismiss it.');
  return [event(TosViolationDismissed, { violationId, reason })];
});
