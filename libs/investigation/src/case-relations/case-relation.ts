import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { CaseRelationKind } from './case-relation-state.js';

@ObjectType({ description: 'What another case is to this one.' })
export class CaseRelation extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => CaseRelationKind, { description: 'What the other case is to the one that is read.' })
  caseRelationKind!: CaseRelationKind;

  @Field(() => ID, { description: 'The other case.' })
  otherCaseId!: string;

  @Field(() => ID, { description: 'The case in which it is recorded, one of both: there it is retracted.' })
  recordedIn!: string;

  @Field(() => String, { nullable: true, description: 'Why, if that was said.' })
  reason?: string;
}
