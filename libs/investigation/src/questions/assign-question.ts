import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsArray, ValidateNested } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { standing } from '../correctable.js';
import { Id } from '../fields.js';
import { Grantee, GranteeInput, keyOfGrantee, NamedAnew, nameOf } from '../members/grantee.js';

@CommandInput('Says who works on a question from now on, all of them. It gives them no access.')
export class AssignQuestion extends CaseCommand {
  @Id('The question.')
  questionId!: string;

  @Field(() => [GranteeInput], { description: 'People, groups or organisations, at most 100; empty: nobody.' })
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique(keyOfGrantee)
  @ValidateNested({ each: true })
  @NamedAnew()
  workedOnBy!: GranteeInput[];
}

@ObjectType({ description: 'Others work on a question from then on.' })
@StoredEvent<QuestionAssigned>('QuestionAssigned', {
  version: 1,
  stix: 'task: owner',
  summary: ({ workedOnBy }) => `Question assigned to ${workedOnBy.map(nameOf).join(', ') || 'nobody'}`,
})
export class QuestionAssigned {
  @Field(() => ID, { description: 'The question.' })
  questionId!: string;

  @Field(() => [Grantee], { description: 'Who works on it.' })
  workedOnBy!: Grantee[];
}

export const assignQuestion = slice<CaseState, AssignQuestion>(AssignQuestion, (command, state) => {
  requireOpen(state);
  const { questionId, workedOnBy } = command;
  const question = standing(state.questions, questionId, 'question');
  const names = workedOnBy.map(nameOf);
  if (names.length === question.workedOnBy.length && names.every((name) => question.workedOnBy.includes(name)))
    refuse('NOTHING_CHANGED', 'Exactly these work on the question already.');
  return [event(QuestionAssigned, { questionId, workedOnBy })];
});
