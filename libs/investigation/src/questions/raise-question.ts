import { Field, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsArray, ValidateNested } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { Grantee, GranteeInput, keyOfGrantee, NamedAnew } from '../members/grantee.js';
import { QuestionCommand, QuestionFacts, questionFacts } from './question-fields.js';

@CommandInput('Raises a question that the investigation must answer.')
export class RaiseQuestion extends QuestionCommand {
  @Field(() => [GranteeInput], {
    defaultValue: [],
    description: 'Who works on it: people, groups or organisations, at most 100. It gives them no access.',
  })
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique(keyOfGrantee)
  @ValidateNested({ each: true })
  @NamedAnew()
  workedOnBy: GranteeInput[] = [];

  @OptionalId('The id of the new question, if you choose it: a UUID in lower case.')
  questionId?: string | null;
}

@ObjectType({ description: 'A question was raised that the investigation must answer.' })
@StoredEvent<QuestionRaised>('QuestionRaised', {
  version: 1,
  stix: 'task: investigation, pending',
  summary: ({ text }) => `Question raised: ${excerpt(text.text)}`,
})
export class QuestionRaised extends QuestionFacts {
  @Field(() => [Grantee], { description: 'Who works on it.' })
  workedOnBy!: Grantee[];
}

export const raiseQuestion = slice<CaseState, RaiseQuestion>(RaiseQuestion, (command, state, context) => {
  requireOpen(state);
  const facts = questionFacts(command, state);
  const questionId = newRecordId(state, command.questionId, context);
  return [event(QuestionRaised, { questionId, ...facts, workedOnBy: command.workedOnBy })];
});
