import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Source } from '../values/source.js';
import { PartyRelationKind } from './party-relation-kind.js';

@ObjectType({ description: 'That one party stands in a relation to another, as a source says.' })
export class PartyRelation extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => ID, { description: 'The party that stands in the relation.' })
  fromPartyId!: string;

  @Field(() => PartyRelationKind, { description: 'How it stands to the other.' })
  partyRelationKind!: PartyRelationKind;

  @Field(() => ID, { description: 'The party that it stands in the relation to.' })
  toPartyId!: string;

  @Field(() => String, { nullable: true, description: 'What the source says of the relation beside its kind.' })
  qualifier?: string;

  @Field(() => FuzzyTimeValue, { description: 'When the relation held.' })
  period!: FuzzyTimeValue;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}
