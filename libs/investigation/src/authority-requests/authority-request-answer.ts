import { Field, ID, ObjectType } from '@nestjs/graphql';
import { describedEnum } from '../values/described-enum.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Text } from '../values/text.js';

export const AnswerKind = describedEnum('AnswerKind', 'How a request of an authority was answered.', {
  RECEIPT_CONFIRMED: 'That it was received; no more yet.',
  COMPLIED: 'With what was asked for.',
  PARTLY_COMPLIED: 'With some of what was asked for.',
  NOTHING_HELD: 'That there is nothing of what was asked for.',
  OBJECTED: 'With an objection, or a request to narrow it.',
  REFUSED: 'With a refusal.',
  NOT_STATED: 'The source does not say.',
});
export type AnswerKind = keyof typeof AnswerKind;

@ObjectType({ description: 'How a request of an authority was answered.' })
export class AuthorityRequestAnswer {
  @Field(() => AnswerKind, { description: 'How.' })
  answerKind!: AnswerKind;

  @Field(() => ID, { nullable: true, description: 'The party that answered.' })
  byPartyId?: string;

  @Field(() => Text, { description: 'What was answered.' })
  description!: Text;

  @Field(() => [ID], { description: 'Records that were handed over, or that it is about.' })
  about!: string[];

  @Field(() => FuzzyTimeValue, { description: 'When.' })
  occurredAt!: FuzzyTimeValue;
}
