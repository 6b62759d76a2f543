import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Instant } from '#api/scalars.js';
import { describedEnum } from '../values/described-enum.js';
import { Channel } from '../values/enums.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';

export const KnowingBy = describedEnum(
  'KnowingBy',
  'By which kind of record it is known that a party knew something.',
  {
    NOTIFICATION: 'A notification: whoever was told knew from then on, and so did whoever told.',
    DISCLOSURE: 'A disclosure, to the party or by it.',
    STATEMENT: 'A statement that the party knew, by the party itself or by another.',
    KNOWLEDGE: 'Knowledge that was recorded as such.',
  },
);
export type KnowingBy = keyof typeof KnowingBy;

@ObjectType({ description: 'That a party knew a record of the case since a time.' })
export class Knowing {
  @Field(() => ID, { description: 'The record by which that is known, and a number in it.' })
  id!: string;

  @Field(() => ID, { nullable: true, description: 'The party; null: we ourselves.' })
  partyId!: string | null;

  @Field(() => ID, { description: 'The record that was known.' })
  recordId!: string;

  @Field(() => FuzzyTimeValue, { description: 'Since when.' })
  since!: FuzzyTimeValue;

  @Field(() => Channel, { description: 'By what way the party came to know.' })
  channel!: Channel;

  @Field(() => KnowingBy, { description: 'By which kind of record that is known.' })
  by!: KnowingBy;

  @Field(() => ID, { description: 'The notification, disclosure, statement or knowledge by which that is known.' })
  throughId!: string;

  @Field(() => Instant, { name: 'recordedAt', description: 'When that was first recorded.' })
  toldAt!: string;
}
