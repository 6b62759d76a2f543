import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { RecordedBy } from '#api/recorded-by.js';
import { CaseRecord } from '../record.js';
import { ClauseCitation } from '../terms/citation.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Provision } from '../values/provision.js';
import { Source } from '../values/source.js';
import { Text } from '../values/text.js';
import { ViolationKind } from './violation-kind.js';
import { ViolationStatus } from './violation-status.js';

@ObjectType({ description: 'A breach of the terms of service, with exactly the certainty it has.' })
export class Violation extends CaseRecord {
  @Field(() => ViolationStatus, { description: 'How certain it is.' })
  status!: ViolationStatus;

  @Field(() => Text, { description: 'What the suspected breach is.' })
  description!: Text;

  @Field(() => Source, { description: 'Who suspects it, through whom we know, and how good that is.' })
  source!: Source;

  @Field(() => [Provision], { description: 'The provisions that would be broken.' })
  provisions!: Provision[];

  @Field(() => ViolationKind, { description: 'What sort of breach it is.' })
  violationKind!: ViolationKind;

  @Field(() => [ClauseCitation], {
    description: 'The clauses of recorded terms that are cited, in the version in force at its time.',
  })
  citations!: ClauseCitation[];

  @Field(() => Text, { nullable: true, description: 'What it hangs on, if the suspicion is conditional.' })
  condition?: Text;

  @Field(() => [ID], { description: 'Parties suspected of it.' })
  subjects!: string[];

  @Field(() => [ID], { description: 'Records that it is about.' })
  about!: string[];

  @Field(() => FuzzyTimeValue, { description: 'When it took place, if it did.' })
  occurredAt!: FuzzyTimeValue;

  @Field(() => String, { nullable: true, description: 'What the allegation rests on; null until it is alleged.' })
  grounds?: string;

  @Field(() => ID, { nullable: true, description: 'The party who alleges it.' })
  allegedBy?: string;

  @Field(() => Text, { nullable: true, description: 'What the reviewer was told when it was submitted.' })
  remark?: Text;

  @Field(() => RecordedBy, { nullable: true, description: 'Who last sent it to review.' })
  submittedBy?: RecordedBy;

  @Field(() => String, { nullable: true, description: 'What the review established; null unless it stands confirmed.' })
  findings?: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The revision that the reviewer read; null unless it stands confirmed.',
  })
  reviewedRevision?: number;

  @Field(() => RecordedBy, { nullable: true, description: 'Who confirmed it; null unless it stands confirmed.' })
  confirmedBy?: RecordedBy;

  @Field(() => String, { nullable: true, description: 'Why it was last dismissed or reinstated.' })
  reason?: string;
}
