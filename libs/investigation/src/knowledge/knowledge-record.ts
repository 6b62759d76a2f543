import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { Channel } from '../values/enums.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Source } from '../values/source.js';
import { Text } from '../values/text.js';

@ObjectType({ description: 'That a party, by what somebody says, has known records of the case since a time.' })
export class Knowledge extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => ID, { nullable: true, description: 'The party who knew; null: we ourselves.' })
  knownTo?: string;

  @Field(() => [ID], { description: 'Records that were known.' })
  about!: string[];

  @Field(() => FuzzyTimeValue, { description: 'Since when they were known.' })
  learnedAt!: FuzzyTimeValue;

  @Field(() => Channel, { description: 'By what way the party came to know.' })
  channel!: Channel;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;

  @Field(() => Text, { nullable: true, description: 'How the party came to know, in words.' })
  remark?: Text;
}
