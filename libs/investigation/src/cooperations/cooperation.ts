import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Source } from '../values/source.js';
import { Text } from '../values/text.js';
import { CooperationStage } from './cooperation-stage.js';

@ObjectType({ description: 'Work with authorities over some time.' })
export class Cooperation extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => CooperationStage, { description: 'Whether it goes on.' })
  stage!: CooperationStage;

  @Field(() => FuzzyTimeValue, { description: 'Since when.' })
  openedAt!: FuzzyTimeValue;

  @Field(() => FuzzyTimeValue, { nullable: true, description: 'When it ended; null: it goes on.' })
  closedAt?: FuzzyTimeValue;

  @Field(() => String, { nullable: true, description: 'Why it ended.' })
  reason?: string;

  @Field(() => [ID], { description: 'The authorities that are worked with: parties of this case, at least one.' })
  authorities!: string[];

  @Field(() => ID, { nullable: true, description: 'The party that works with them.' })
  byPartyId?: string;

  @Field(() => Text, { description: 'What the cooperation is about, and how close, as the source says.' })
  description!: Text;

  @Field(() => Text, { nullable: true, description: 'The law or agreement that it rests on.' })
  legalBasis?: Text;

  @Field(() => [ID], { description: 'Records of this case that it is about.' })
  about!: string[];

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}
