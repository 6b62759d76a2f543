import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Quantity } from '../values/quantity.js';
import { Source } from '../values/source.js';
import { Text } from '../values/text.js';
import { AtlasMitigation } from './atlas-mitigation.js';
import { CountermeasureAcknowledgement } from './countermeasure-acknowledgement.js';
import { CountermeasureEffect } from './countermeasure-effect.js';
import { CountermeasureKind } from './countermeasure-kind.js';
import { CountermeasureStage } from './countermeasure-stage.js';

@ObjectType({ description: 'What is done against what is investigated, or was proposed.' })
export class Countermeasure extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => CountermeasureStage, { description: 'How far it has come.' })
  stage!: CountermeasureStage;

  @Field(() => FuzzyTimeValue, {
    nullable: true,
    description: 'When it was proposed; null: it was not, as far as is recorded.',
  })
  proposedAt?: FuzzyTimeValue;

  @Field(() => FuzzyTimeValue, { nullable: true, description: 'When it was approved; null: it was not.' })
  approvedAt?: FuzzyTimeValue;

  @Field(() => FuzzyTimeValue, { nullable: true, description: 'When it was rejected; null: it was not.' })
  rejectedAt?: FuzzyTimeValue;

  @Field(() => FuzzyTimeValue, { nullable: true, description: 'When it was last applied; null: it was not.' })
  appliedAt?: FuzzyTimeValue;

  @Field(() => FuzzyTimeValue, {
    nullable: true,
    description: 'When it was last lifted; null: it was not, or was applied again.',
  })
  liftedAt?: FuzzyTimeValue;

  @Field(() => ID, { nullable: true, description: 'The party that approved or rejected it.' })
  decidedBy?: string;

  @Field(() => String, { nullable: true, description: 'Why it was last rejected or lifted.' })
  reason?: string;

  @Field(() => [CountermeasureEffect], { description: 'What was observed of its effect, in the order of recording.' })
  effects!: CountermeasureEffect[];

  @Field(() => [CountermeasureAcknowledgement], { description: 'Which parties acknowledged it.' })
  acknowledgements!: CountermeasureAcknowledgement[];

  @Field(() => CountermeasureKind, { description: 'What sort of countermeasure it is.' })
  countermeasureKind!: CountermeasureKind;

  @Field(() => Text, { description: 'What is done, or is to be done.' })
  description!: Text;

  @Field(() => AtlasMitigation, { nullable: true, description: 'The mitigation of MITRE ATLAS that it is.' })
  mitigation?: AtlasMitigation;

  @Field(() => [ID], { description: 'Parties that it is directed at.' })
  subjects!: string[];

  @Field(() => [Quantity], { description: 'How much of what it reaches: accounts, keys.' })
  quantities!: Quantity[];

  @Field(() => ID, { nullable: true, description: 'The party that takes it.' })
  byPartyId?: string;

  @Field(() => [ID], { description: 'Records of this case that it answers or is about.' })
  about!: string[];

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}
