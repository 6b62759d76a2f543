import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { QuestionCommand, QuestionFacts, questionFacts } from './question-fields.js';

@CommandInput('Replaces what a question says, whole; the earlier text stays in history.')
export class CorrectQuestion extends QuestionCommand {
  @Id('The question.')
  questionId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What a question says was replaced, whole.' })
@StoredEvent<QuestionCorrected>('QuestionCorrected', {
  version: 1,
  stix: 'task: a later version of it (modified)',
  summary: ({ reason }) => `Question corrected: ${excerpt(reason)}`,
})
export class QuestionCorrected extends QuestionFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctQuestion = slice<CaseState, CorrectQuestion>(CorrectQuestion, (command, state) => {
  requireOpen(state);
  const { questionId, reason } = command;
  const question = standing(state.questions, questionId, 'question');
  const facts = questionFacts(command, state);
  requireChanged(question, facts);
  return [event(QuestionCorrected, { questionId, ...facts, reason })];
});
