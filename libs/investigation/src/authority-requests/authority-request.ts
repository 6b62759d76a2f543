import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { Channel } from '../values/enums.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Source } from '../values/source.js';
import { Text } from '../values/text.js';
import { AuthorityRequestAnswer } from './authority-request-answer.js';
import { AuthorityRequestKind } from './authority-request-kind.js';

@ObjectType({ description: 'What an authority asked for or ordered, and what it was answered.' })
export class AuthorityRequest extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => [AuthorityRequestAnswer], { description: 'What it was answered, in the order of recording.' })
  answers!: AuthorityRequestAnswer[];

  @Field(() => AuthorityRequestKind, { description: 'What sort of request it is.' })
  requestKind!: AuthorityRequestKind;

  @Field(() => ID, { description: 'The authority that asks: a party of this case.' })
  authorityId!: string;

  @Field(() => ID, { nullable: true, description: 'The party that is asked.' })
  toPartyId?: string;

  @Field(() => Text, { description: 'What is asked for, or ordered.' })
  description!: Text;

  @Field(() => Text, { nullable: true, description: 'The law that it rests on.' })
  legalBasis?: Text;

  @Field(() => String, { nullable: true, description: 'Where that law holds.' })
  jurisdiction?: string;

  @Field(() => String, { nullable: true, description: 'The reference or docket number it has with the authority.' })
  reference?: string;

  @Field(() => Channel, { description: 'How it came.' })
  channel!: Channel;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it forbids telling those concerned; null: not stated.',
  })
  confidential?: boolean;

  @Field(() => [ID], { description: 'Parties that it concerns.' })
  subjects!: string[];

  @Field(() => [ID], { description: 'Records of this case that it is about.' })
  about!: string[];

  @Field(() => FuzzyTimeValue, { description: 'When it was issued.' })
  issuedAt!: FuzzyTimeValue;

  @Field(() => FuzzyTimeValue, { description: 'When it was received.' })
  occurredAt!: FuzzyTimeValue;

  @Field(() => FuzzyTimeValue, { description: 'When the answer is due.' })
  dueAt!: FuzzyTimeValue;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}
