import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Source } from '../values/source.js';
import { Text } from '../values/text.js';
import { CounselEngagementStage } from './counsel-engagement-stage.js';

@ObjectType({ description: 'Counsel that was engaged.' })
export class CounselEngagement extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => CounselEngagementStage, { description: 'Whether it goes on.' })
  stage!: CounselEngagementStage;

  @Field(() => FuzzyTimeValue, { description: 'Since when.' })
  engagedAt!: FuzzyTimeValue;

  @Field(() => FuzzyTimeValue, { nullable: true, description: 'When it ended; null: it goes on.' })
  endedAt?: FuzzyTimeValue;

  @Field(() => String, { nullable: true, description: 'Why it ended.' })
  reason?: string;

  @Field(() => [ID], { description: 'The counsel that are engaged: parties of this case, at least one.' })
  counsel!: string[];

  @Field(() => ID, { nullable: true, description: 'The party that engages them.' })
  clientId?: string;

  @Field(() => Text, { description: 'What they are engaged for.' })
  description!: Text;

  @Field(() => String, { nullable: true, description: 'The law that they advise on.' })
  jurisdiction?: string;

  @Field(() => [ID], { description: 'Records of this case that it is about.' })
  about!: string[];

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}
