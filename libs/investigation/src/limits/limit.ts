import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { RecordedBy } from '#api/recorded-by.js';
import { Instant } from '#api/scalars.js';
import { Grantee } from '../members/grantee.js';
import { describedEnum } from '../values/described-enum.js';

export const LimitStatus = describedEnum('LimitStatus', 'Whether a record is limited to those who are named.', {
  LIMITED: 'Limited.',
  LIFTED: 'Open to all who may read the case, unless a privilege says otherwise.',
});
export type LimitStatus = keyof typeof LimitStatus;

@ObjectType({ description: 'That a record is, or was, limited to those who are named.' })
export class Limit {
  @Field(() => ID, { description: 'The record that is limited.' })
  id!: string;

  @Field(() => [Grantee], { description: 'Who sees it.' })
  named!: Grantee[];

  @Field(() => String, { nullable: true, description: 'Why it was limited, or the limit was lifted.' })
  reason?: string;

  @Field(() => LimitStatus, { description: 'Whether it is limited.' })
  status!: LimitStatus;

  @Field(() => Int, { description: "The case's revision at the last change." })
  revision!: number;

  @Field(() => Instant, { description: 'When it was first limited.' })
  recordedAt!: string;

  @Field(() => RecordedBy, { description: 'Who first limited it.' })
  recordedBy!: RecordedBy;
}
