import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Grantee } from '../members/grantee.js';
import { CaseRecord } from '../record.js';
import { PrivilegeKind, PrivilegeStatus } from './privilege-kind.js';

@ObjectType({ description: 'A privilege that was asserted on a record.' })
export class Privilege extends CaseRecord {
  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => PrivilegeKind, { description: 'Which privilege.' })
  privilegeKind!: PrivilegeKind;

  @Field(() => String, { description: 'What it rests on.' })
  basis!: string;

  @Field(() => String, { nullable: true, description: 'The law it is asserted under.' })
  jurisdiction?: string;

  @Field(() => Grantee, { description: 'Whose privilege it is: only the holder can waive it.' })
  holder!: Grantee;

  @Field(() => [Grantee], { description: 'Who sees the record beside counsel and the holder.' })
  named!: Grantee[];

  @Field(() => PrivilegeStatus, { description: 'Where it stands.' })
  status!: PrivilegeStatus;

  @Field(() => String, { nullable: true, description: 'Why it was waived.' })
  waiverReason?: string;
}
