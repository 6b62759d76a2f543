import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { Amount } from '../values/amount.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Source } from '../values/source.js';
import { Text } from '../values/text.js';
import { Causation } from './causation.js';
import { LossKind } from './loss-kind.js';

@ObjectType({ description: 'A harm or loss, with exactly the certainty and the cause that its source gives.' })
export class Impact extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => Text, { description: 'What the harm or loss is.' })
  description!: Text;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;

  @Field(() => LossKind, { description: 'What sort of loss it is (VERIS 1.3, `impact.loss.variety`).' })
  lossKind!: LossKind;

  @Field(() => [ID], { description: 'The parties that suffer it.' })
  affected!: string[];

  @Field(() => Amount, { nullable: true, description: 'How much it is.' })
  amount?: Amount;

  @Field(() => Causation, { nullable: true, description: 'What is said to have led to it, exactly as it is said.' })
  causation?: Causation;

  @Field(() => [ID], { description: 'Records of this case that it is about.' })
  about!: string[];

  @Field(() => FuzzyTimeValue, { description: 'When it happened.' })
  occurredAt!: FuzzyTimeValue;
}
