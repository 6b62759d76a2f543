import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { CaseRight } from '#access/cases/case-access.js';
import { RecordedBy } from '#api/recorded-by.js';
import { Instant } from '#api/scalars.js';
import { describedEnum } from '../values/described-enum.js';
import { Grantee } from './grantee.js';

export const MemberStatus = describedEnum('MemberStatus', 'Whether somebody is a member of a case.', {
  MEMBER: 'A member.',
  REMOVED: 'A member until it was removed.',
});
export type MemberStatus = keyof typeof MemberStatus;

@ObjectType({ description: 'Somebody who is, or was, a member of a case.' })
export class Member {
  @Field(() => ID, { description: 'The kind and the id of the grantee, as one: PERSON/ines.' })
  id!: string;

  @Field(() => Grantee, { description: 'Who it is.' })
  grantee!: Grantee;

  @Field(() => [CaseRight], { description: 'What the member may do.' })
  rights!: CaseRight[];

  @Field(() => Boolean, {
    description:
      "Whether people of outside organisations read what was recorded before they became members too; one's own people always do.",
  })
  withHistory!: boolean;

  @Field(() => MemberStatus, { description: 'Whether it is a member.' })
  status!: MemberStatus;

  @Field(() => Int, { description: "The case's revision at the last change." })
  revision!: number;

  @Field(() => Instant, { description: 'When the membership was first recorded.' })
  recordedAt!: string;

  @Field(() => RecordedBy, { description: 'Who first recorded it.' })
  recordedBy!: RecordedBy;
}
