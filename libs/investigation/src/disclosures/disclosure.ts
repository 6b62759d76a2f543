import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Tlp } from '#access/cases/tlp.js';
import { RecordStatus } from '../correctable.js';
import { Pap } from '../marks/pap.js';
import { CaseRecord } from '../record.js';
import { Channel } from '../values/enums.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Text } from '../values/text.js';
import { Audience, DisclosedRecord } from './disclosure-fields.js';

@ObjectType({ description: 'That records of a case were disclosed to somebody.' })
export class Disclosure extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether what is recorded of it stands.' })
  status!: RecordStatus;

  @Field(() => Audience, { description: 'As what they were told.' })
  audience!: Audience;

  @Field(() => ID, { nullable: true, description: 'The party who was told; null: nobody in particular.' })
  toPartyId?: string;

  @Field(() => ID, { nullable: true, description: 'The party who told; null: we ourselves.' })
  fromPartyId?: string;

  @Field(() => [DisclosedRecord], { description: 'What was disclosed; `disclosureLedger` shows it as it stood.' })
  disclosed!: DisclosedRecord[];

  @Field(() => ID, {
    nullable: true,
    description: 'The record under which it was disclosed, an authority for example.',
  })
  underRecordId?: string;

  @Field(() => String, { nullable: true, description: 'The agreement or authority under which it was disclosed.' })
  agreement?: string;

  @Field(() => Tlp, { nullable: true, description: 'The TLP 2.0 mark that it was handed over with.' })
  disclosedTlp?: Tlp;

  @Field(() => Pap, { nullable: true, description: 'The PAP mark that it was handed over with.' })
  disclosedPap?: Pap;

  @Field(() => Channel, { description: 'How it was told.' })
  channel!: Channel;

  @Field(() => FuzzyTimeValue, { description: 'When it was told.' })
  reportedAt!: FuzzyTimeValue;

  @Field(() => FuzzyTimeValue, { description: 'By when they are to acknowledge it; not stated: they need not.' })
  acknowledgementDue!: FuzzyTimeValue;

  @Field(() => Text, { nullable: true, description: 'What was said with it.' })
  description?: Text;

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
