import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { RecordedBy } from '#api/recorded-by.js';
import { Instant } from '#api/scalars.js';
import { Channel } from '../values/enums.js';
import { describedEnum } from '../values/described-enum.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { MarkFacts } from './mark.js';

@ObjectType({ description: "An originator's mark as it stood." })
export class StandingMark extends MarkFacts {
  @Field(() => String, { nullable: true, description: 'Why it was set so.' })
  reason?: string;
}

export const ConsentStatus = describedEnum('ConsentStatus', 'What became of a consent to a lower mark.', {
  STANDING: 'The mark can be lowered by it.',
  USED: 'The mark was lowered by it.',
  LAPSED: "The originator's mark was changed otherwise.",
});
export type ConsentStatus = keyof typeof ConsentStatus;

@ObjectType({ description: 'That the originator of a mark consented to a lower one.' })
export class MarkingConsent extends MarkFacts {
  @Field(() => ID, { description: 'The consent.' })
  consentId!: string;

  @Field(() => String, { description: 'Who consented.' })
  consentedBy!: string;

  @Field(() => FuzzyTimeValue, { description: 'When they consented, as stated.' })
  consentedAt!: FuzzyTimeValue;

  @Field(() => Channel, { description: 'How it was told.' })
  channel!: Channel;

  @Field(() => ConsentStatus, { description: 'What became of it.' })
  status!: ConsentStatus;
}

@ObjectType({
  description:
    'What the case or a record was marked at the moment that is read, and what its originators consented to. What holds is what it is marked now: `marks`.',
})
export class Marking {
  @Field(() => ID, { description: 'What is marked: the record, or the case.' })
  id!: string;

  @Field(() => [StandingMark], { description: 'The marks, one of each originator.' })
  marks!: StandingMark[];

  @Field(() => [MarkingConsent], { description: 'Consents to lower ones, in the order they were recorded.' })
  consents!: MarkingConsent[];

  @Field(() => Int, { description: "The case's revision at the last change." })
  revision!: number;

  @Field(() => Instant, { description: 'When it was first marked.' })
  recordedAt!: string;

  @Field(() => RecordedBy, { description: 'Who first marked it.' })
  recordedBy!: RecordedBy;
}
