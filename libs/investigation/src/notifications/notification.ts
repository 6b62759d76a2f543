import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CaseRecord } from '../record.js';
import { describedEnum } from '../values/described-enum.js';
import { Channel } from '../values/enums.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Source } from '../values/source.js';
import { Text } from '../values/text.js';

export const NotificationStatus = describedEnum(
  'NotificationStatus',
  'Whether a notification stands, and was acknowledged.',
  {
    RECORDED: 'Not acknowledged, as far as is recorded.',
    ACKNOWLEDGED: 'Acknowledged.',
    WITHDRAWN: 'Taken back: it no longer counts.',
  },
);
export type NotificationStatus = keyof typeof NotificationStatus;

export const NotificationDirection = describedEnum('NotificationDirection', 'Which way a notification went.', {
  RECEIVED: 'A partner told us or another party.',
  SENT: 'A partner was told.',
});
export type NotificationDirection = keyof typeof NotificationDirection;

@ObjectType({ description: 'That somebody told somebody something.' })
export class Notification extends CaseRecord {
  @Field(() => NotificationStatus, { description: 'Whether it was acknowledged.' })
  status!: NotificationStatus;

  @Field(() => NotificationDirection, { description: 'Which way it went.' })
  direction!: NotificationDirection;

  @Field(() => ID, { nullable: true, description: 'The party who told.' })
  fromPartyId?: string;

  @Field(() => ID, { nullable: true, description: 'The party who was told.' })
  toPartyId?: string;

  @Field(() => Text, { description: 'What was told.' })
  text!: Text;

  @Field(() => Source, { nullable: true, description: 'Who says that it was told; null for those that were sent.' })
  source?: Source;

  @Field(() => Channel, { description: 'How it was told.' })
  channel!: Channel;

  @Field(() => FuzzyTimeValue, { description: 'When it was told.' })
  reportedAt!: FuzzyTimeValue;

  @Field(() => FuzzyTimeValue, {
    nullable: true,
    description: 'When whom it was told to came to know it; null for those that were sent.',
  })
  learnedAt?: FuzzyTimeValue;

  @Field(() => [ID], { description: 'Records that it is about.' })
  about!: string[];

  @Field(() => FuzzyTimeValue, { nullable: true, description: 'When it was acknowledged; null: it was not.' })
  acknowledgedAt?: FuzzyTimeValue;

  @Field(() => ID, {
    nullable: true,
    description:
      'The party who acknowledged it; where that was not said, and it is corrected to have been told nobody in particular, the one that was told.',
  })
  byPartyId?: string;

  @Field(() => Text, { nullable: true, description: 'What was said in acknowledging it.' })
  remark?: Text;
}
