import { Field, ID, ObjectType } from '@nestjs/graphql';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Text } from '../values/text.js';

@ObjectType({ description: 'That a party acknowledged a countermeasure.' })
export class CountermeasureAcknowledgement {
  @Field(() => ID, { description: 'The party.' })
  byPartyId!: string;

  @Field(() => FuzzyTimeValue, { description: 'When it did.' })
  acknowledgedAt!: FuzzyTimeValue;

  @Field(() => Text, { nullable: true, description: 'What it said.' })
  remark?: Text;
}
