import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RecordedBy } from '#api/recorded-by.js';
import { Instant } from '#api/scalars.js';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { Confidence } from '../values/confidence.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Likelihood } from '../values/likelihood.js';
import { Text } from '../values/text.js';
import { Dissent } from './dissent.js';
import { Evidence } from './evidence.js';

/** What every record answers that is an assessment: the view as it stands. */
@ObjectType({ isAbstract: true })
export abstract class AssessedRecord extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => Likelihood, { nullable: true, description: 'How likely it is (ICD 203); null: not stated.' })
  likelihood?: Likelihood;

  @Field(() => Confidence, {
    nullable: true,
    description: 'How good the basis of the judgement is (ICD 203); null: not stated.',
  })
  confidence?: Confidence;

  @Field(() => ID, { nullable: true, description: 'The party whose assessment it is; null: that of the recorder.' })
  assessedBy?: string;

  @Field(() => [ID], { description: 'The parties that relay the assessment, outermost first.' })
  assessedVia!: string[];

  @Field(() => Text, { nullable: true, description: 'What the assessment rests on.' })
  assessmentBasis?: Text;

  @Field(() => [Dissent], { description: 'Who does not share it, and why.' })
  dissent!: Dissent[];

  @Field(() => FuzzyTimeValue, { description: 'When it was so assessed.' })
  assessedAt!: FuzzyTimeValue;

  @Field(() => [Evidence], { description: 'What was weighed for and against it, the last weighing of each record.' })
  evidence!: Evidence[];

  @Field(() => Instant, { description: 'When this view of it was recorded.' })
  viewRecordedAt!: string;

  @Field(() => RecordedBy, { description: 'Who recorded this view of it (not whose assessment it is).' })
  viewRecordedBy!: RecordedBy;

  @Field(() => String, { nullable: true, description: 'Why the view became this one; null for the first.' })
  reason?: string;
}
