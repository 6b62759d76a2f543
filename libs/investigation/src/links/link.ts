import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { Text } from '../values/text.js';
import { LinkKind } from './link-fields.js';

@ObjectType({ description: 'What one record of a case has to do with another.' })
export class Link extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => ID, { description: 'A record.' })
  fromRecordId!: string;

  @Field(() => LinkKind, { description: 'What it has to do with the other.' })
  linkKind!: LinkKind;

  @Field(() => ID, { description: 'The other record.' })
  toRecordId!: string;

  @Field(() => ID, { nullable: true, description: 'The party whose assessment it is; null: our own.' })
  assessedBy?: string;

  @Field(() => Text, { nullable: true, description: 'In what they agree or differ, or how the order is known.' })
  remark?: Text;
}
