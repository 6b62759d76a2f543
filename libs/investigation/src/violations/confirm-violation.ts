import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { IsInt, Max, Min } from 'class-validator';
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

@CommandInput('Confirms, after review, that the suspected breach of the terms of service took place.')
export class ConfirmViolation extends CaseCommand {
  @Id('The violation.')
  violationId!: string;

  @Prose('What the review established, in the words of the finding.')
  findings!: string;

  @Field(() => Int, { description: 'The revision of the violation that the reviewer read.' })
  @IsInt()
  @Min(0)
  @Max(2 ** 31 - 1)
  reviewedRevision!: number;
}

@ObjectType({ description: 'After review a violation was confirmed by a second person.' })
@StoredEvent<TosViolationConfirmed>('TosViolationConfirmed', {
  version: 1,
  stix: 'incident: determination confirmed; event policy-violation, status occurred',
  summary: ({ findings }) => `Violation confirmed: ${excerpt(findings)}`,
})
export class TosViolationConfirmed {
  @Field(() => ID, { description: 'The violation.' })
  violationId!: string;

  @Field(() => String, { description: 'What the review established.' })
  findings!: string;

  @Field(() => Int, { description: 'The revision of the violation that the reviewer read.' })
  reviewedRevision!: number;
}

export const confirmViolation = slice<CaseState, ConfirmViolation>(ConfirmViolation, (command, state, context) => {
  requireOpen(state);
  const { violationId, findings, reviewedRevision } = command;
  const violation = standing(state.violations, violationId, 'violation');
  requireStatus(violation.status, ['UNDER_REVIEW'], 'CONFIRMED', 'NOT_UNDER_REVIEW');
  if (principalsOf(context.actor).some((id) => violation.submittedBy.has(id))) {
    refuse(
      'FOUR_EYES',
      'Whoever sent the violation to review, or corrected it there, cannot confirm it; have a second person do it.',
    );
  }
  const { revision } = violation;
  if (revision !== reviewedRevision) {
    refuse(
      'REVISION_CONFLICT',
      `The violation is at revision ${revision} now, not ${reviewedRevision}; read it again.`,
      { current: revision },
    );
  }
  return [event(TosViolationConfirmed, { violationId, findings, reviewedRevision })];
});
