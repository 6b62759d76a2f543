import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CaseRecord } from '../record.js';
import { Grantee } from '../members/grantee.js';
import { Text } from '../values/text.js';
import { QuestionStatus } from './question-status.js';

@ObjectType({ description: 'A question that an investigation must answer.' })
export class Question extends CaseRecord {
  @Field(() => QuestionStatus, { description: 'Where it stands.' })
  status!: QuestionStatus;

  @Field(() => Text, { description: 'The question, in words.' })
  text!: Text;

  @Field(() => ID, { nullable: true, description: 'The party who asks; null: we ourselves.' })
  askedBy?: string;

  @Field(() => [ID], { description: 'Records that it is about.' })
  about!: string[];

  @Field(() => [Grantee], { description: 'Who works on it.' })
  workedOnBy!: Grantee[];

  @Field(() => String, { nullable: true, description: 'Why it was last closed or reopened.' })
  reason?: string;
}
