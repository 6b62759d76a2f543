import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { InferredTime } from '../values/inferred-time.js';
import { Text } from '../values/text.js';
import { ReportKind } from './report-kind.js';

@ObjectType({ description: 'A publication that statements and other records are taken from.' })
export class Report extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => ReportKind, { description: 'What sort of publication it is.' })
  reportKind!: ReportKind;

  @Field(() => String, { nullable: true, description: 'Its headline or title.' })
  title?: string;

  @Field(() => Text, { nullable: true, description: 'What it reports, in short.' })
  description?: Text;

  @Field(() => ID, { nullable: true, description: 'The party that stands for this report in chains of sources.' })
  reportPartyId?: string;

  @Field(() => ID, { nullable: true, description: 'The party that published it.' })
  publisherId?: string;

  @Field(() => [ID], { description: 'The parties who wrote it.' })
  authors!: string[];

  @Field(() => [ID], { description: 'The parties that it says it has its information from.' })
  reliesOn!: string[];

  @Field(() => String, { nullable: true, description: 'Its language, a BCP 47 tag such as `fr`.' })
  language?: string;

  @Field(() => String, { nullable: true, description: 'Where it can be read.' })
  url?: string;

  @Field(() => FuzzyTimeValue, { description: 'When it was published, as it says itself.' })
  publishedAt!: FuzzyTimeValue;

  @Field(() => InferredTime, {
    nullable: true,
    description: "When it was published by the recorder's own inference, if it does not say.",
  })
  publishedAtInferred?: InferredTime;

  @Field(() => FuzzyTimeValue, { description: 'When the copy that was read was obtained.' })
  obtainedAt!: FuzzyTimeValue;
}
