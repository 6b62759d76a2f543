import { Field, ObjectType } from '@nestjs/graphql';
import { Recorded } from '../record.js';
import { FuzzyTime, FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { CasePriority, CaseSeverity } from '../triage/case-ratings.js';
import { Text } from '../values/text.js';
import { CaseKind, CaseStatus, Resolution } from './case-enums.js';

@ObjectType({ description: 'A time during which a case was open.' })
export class OpenPeriod {
  @Field(() => FuzzyTime, { description: 'When it was opened or reopened: as stated, else when that was recorded.' })
  from!: string;

  @Field(() => FuzzyTime, {
    nullable: true,
    description: 'When it was closed: as stated, else when that was recorded. Null: still open.',
  })
  to?: string;
}

@ObjectType({ description: 'An investigation.' })
export class Case extends Recorded {
  @Field(() => String, {
    description:
      'The number for people, CASE-2025-0001: by the year of recording. Gaps mean nothing. A case that was opened restricted has a random one, CASE-2025-K7Q4XN.',
  })
  number!: string;

  @Field(() => String, { description: 'What the case is called.' })
  title!: string;

  @Field(() => CaseKind, { description: 'The form of the investigation.' })
  kind!: CaseKind;

  @Field(() => Text, { nullable: true, description: 'What it is about.' })
  description?: Text;

  @Field(() => Boolean, { description: 'True: only its members can tell that the case exists.' })
  restricted!: boolean;

  @Field(() => CaseStatus, { description: 'Whether it is being worked on.' })
  status!: CaseStatus;

  @Field(() => Resolution, { nullable: true, description: 'What it came to; null while it is open.' })
  resolution?: Resolution;

  @Field(() => String, { nullable: true, description: 'Why it was closed so; null while it is open.' })
  resolutionReason?: string;

  @Field(() => FuzzyTimeValue, { description: 'When the investigation began, as stated.' })
  occurredAt!: FuzzyTimeValue;

  @Field(() => [OpenPeriod], { description: 'Every time the case was open, in order.' })
  openPeriods!: OpenPeriod[];

  @Field(() => CaseSeverity, { nullable: true, description: 'How severe it is; null: not rated.' })
  severity?: CaseSeverity;

  @Field(() => CasePriority, { nullable: true, description: 'How soon it is to be worked on; null: not rated.' })
  priority?: CasePriority;

  @Field(() => [String], { description: 'Its tags, in the order in which they were added.' })
  tags!: string[];

  @Field(() => String, { nullable: true, description: "Who leads it: a principal's id; null: nobody." })
  lead?: string;

  @Field(() => [String], { description: "Who works on it: principals' ids." })
  assignees!: string[];
}
