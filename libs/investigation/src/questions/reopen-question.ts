import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';

@CommandInput('Opens a question again that was closed.')
export class ReopenQuestion extends CaseCommand {
  @Id('The question.')
  questionId!: string;

  @Prose('Why.')
  reason!: string;
}

@ObjectType({ description: 'A question was opened again.' })
@StoredEvent<QuestionReopened>('QuestionReopened', {
  version: 1,
  stix: 'task: investigation, pending again',
  summary: ({ reason }) => `Question reopened: ${excerpt(reason)}`,
})
export class QuestionReopened {
  @Field(() => ID, { description: 'The question.' })
  questionId!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const reopenQuestion = slice<CaseState, ReopenQuestion>(ReopenQuestion, ({ questionId, reason }, state) => {
  requireOpen(state);
  const { outcome } = standing(state.questions, questionId, 'question');
  if (!outcome) refuse('QUESTION_OPEN', 'The question is open.');
  return [event(QuestionReopened, { questionId, reason })];
});
