import { Field, ID, ObjectType } from '@nestjs/graphql';
import { IsIn } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { standing } from '../correctable.js';
import { Id, OptionalProse } from '../fields.js';
import { QuestionOutcome } from './question-status.js';

@CommandInput('Closes a question: a finding answers it, or it will not be answered.')
export class CloseQuestion extends CaseCommand {
  @Id('The question.')
  questionId!: string;

  @Field(() => QuestionOutcome, { description: 'What became of it; ANSWERED needs a finding that answers it.' })
  @IsIn(Object.values(QuestionOutcome))
  questionOutcome!: QuestionOutcome;

  @OptionalProse('Why.')
  reason?: string | null;
}

@ObjectType({ description: 'A question was closed.' })
@StoredEvent<QuestionClosed>('QuestionClosed', {
  version: 1,
  stix: 'task: outcome successful where it is answered, else cancelled',
  summary: ({ questionOutcome, reason }) =>
    `Question closed: ${questionOutcome}${reason ? ` (${excerpt(reason)})` : ''}`,
})
export class QuestionClosed {
  @Field(() => ID, { description: 'The question.' })
  questionId!: string;

  @Field(() => QuestionOutcome, { description: 'What became of it.' })
  questionOutcome!: QuestionOutcome;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const closeQuestion = slice<CaseState, CloseQuestion>(CloseQuestion, (command, state) => {
  requireOpen(state);
  const { questionId, questionOutcome, reason } = command;
  const question = standing(state.questions, questionId, 'question');
  if (question.outcome) refuse('QUESTION_CLOSED', `The question is ${question.outcome} already; reopen it first.`);
  const isAnswered = [...state.findings.values()].some(
    ({ retracted, answers }) => !retracted && answers.includes(questionId),
  );
  if (questionOutcome === 'ANSWERED' && !isAnswered)
    refuse('NO_FINDING', 'No finding answers the question; record one (recordFinding), or close it in another way.');
  return [event(QuestionClosed, { questionId, questionOutcome, reason: reason ?? undefined })];
});
