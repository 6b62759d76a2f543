import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { Channel } from '../values/enums.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Source } from '../values/source.js';
import { Text } from '../values/text.js';

@ObjectType({ description: 'A matter that was referred to an authority.' })
export class Referral extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => ID, { description: 'The authority that the matter is referred to: a party of this case.' })
  authorityId!: string;

  @Field(() => ID, { nullable: true, description: 'The party that refers it.' })
  byPartyId?: string;

  @Field(() => Text, { description: 'What is referred.' })
  description!: Text;

  @Field(() => Text, { nullable: true, description: 'The law, duty or agreement that it rests on.' })
  legalBasis?: Text;

  @Field(() => String, { nullable: true, description: 'The reference that the authority gave it.' })
  reference?: string;

  @Field(() => Channel, { description: 'How it was sent.' })
  channel!: Channel;

  @Field(() => [ID], { description: 'Records of this case that it is about.' })
  about!: string[];

  @Field(() => FuzzyTimeValue, { description: 'When it was referred.' })
  occurredAt!: FuzzyTimeValue;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}
