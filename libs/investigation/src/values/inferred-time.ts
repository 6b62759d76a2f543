import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { ValidateNested } from 'class-validator';
import { FuzzyTime, IsFuzzyTime } from './fuzzy-time-scalar.js';
import { Text } from './text.js';

const description = "A time that no source states: the recorder's own inference, marked as such.";

/** A time as the recorder infers it, and from what. */
@InputType('InferredTimeInput', { description })
@ObjectType('InferredTime', { description })
export class InferredTime {
  @Field(() => FuzzyTime, { description: 'The time that is inferred.' })
  @IsFuzzyTime()
  time!: string;

  @Field(() => Text, { description: 'What it is inferred from.' })
  @ValidateNested()
  inferredFrom!: Text;
}
