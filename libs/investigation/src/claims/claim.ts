import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Source } from '../values/source.js';
import { Text } from '../values/text.js';
import { ClaimKind } from './claim-kind.js';
import { Comparison } from './comparison.js';
import { CostClaim } from './cost-claim.js';

@ObjectType({ description: 'What somebody claims of products: the recorder takes no stand on it.' })
export class Claim extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => Text, { description: 'What is claimed, in its own language, perhaps with a translation.' })
  text!: Text;

  @Field(() => Source, { description: 'Who claims it (`assertedBy`), through whom it is known, and how good that is.' })
  source!: Source;

  @Field(() => ClaimKind, { description: 'What sort of claim it is.' })
  claimKind!: ClaimKind;

  @Field(() => [ID], { description: 'Products and other records of this case that it is about.' })
  about!: string[];

  @Field(() => [ID], { description: 'Statements and reports in which it is made.' })
  statedIn!: string[];

  @Field(() => [Comparison], { description: 'How it compares them with others, on which criteria.' })
  comparisons!: Comparison[];

  @Field(() => Boolean, { nullable: true, description: 'True: the criteria are examples, the source speaks of more.' })
  criteriaAreExamples?: boolean;

  @Field(() => CostClaim, { nullable: true, description: 'What it claims of the cost.' })
  cost?: CostClaim;

  @Field(() => FuzzyTimeValue, { description: 'When it was claimed.' })
  occurredAt!: FuzzyTimeValue;
}
