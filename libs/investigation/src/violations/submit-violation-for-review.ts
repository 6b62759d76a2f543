import { Field, ID, ObjectType } from '@nestjs/graphql';
import { IsOptional, ValidateNested } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { standing } from '../correctable.js';
import { Id } from '../fields.js';
import { Text, TextInput } from '../values/text.js';
import { requireStatus } from './violation-state.js';

@CommandInput('Sends an alleged violation to review by a second person.')
export class SubmitViolationForReview extends CaseCommand {
  @Id('The violation.')
  violationId!: string;

  @Field(() => TextInput, { nullable: true, description: 'What the reviewer should know.' })
  @IsOptional()
  @ValidateNested()
  remark?: TextInput | null;
}

@ObjectType({ description: 'An alleged violation was sent to review.' })
@StoredEvent<TosViolationSubmittedForReview>('TosViolationSubmittedForReview', {
  version: 1,
  stix: 'task: investigation, pending',
  summary: () => 'Violation submitted for review',
})
export class TosViolationSubmittedForReview {
  @Field(() => ID, { description: 'The violation.' })
  violationId!: string;

  @Field(() => Text, { nullable: true, description: 'What the reviewer should know.' })
  remark?: Text;
}

export const submitViolationForReview = slice<CaseState, SubmitViolationForReview>(
  SubmitViolationForReview,
  (command, state) => {
    requireOpen(state);
    const { violationId, remark } = command;
    const { status } = standing(state.violations, violationId, 'violation');
    requireStatus(status, ['ALLEGED'], 'UNDER_REVIEW', 'NOT_ALLEGED');
    return [event(TosViolationSubmittedForReview, { violationId, remark: remark ?? undefined })];
  },
);
