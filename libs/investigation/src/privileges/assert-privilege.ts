import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, ValidateNested } from 'class-validator';
import { namesOf } from '#access/cases/case-access.js';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { known, newRecordId } from '../known-records.js';
import { Id, OptionalId, OptionalLine, Prose } from '../fields.js';
import { Grantee, GranteeInput, keyOfGrantee, NamedAnew, nameOf } from '../members/grantee.js';
import { PrivilegeKind } from './privilege-kind.js';

@CommandInput(
  "Asserts a privilege on a record, which is on counsel's track from then on: members of the case who are counsel see it, its holder, and those who are named.",
)
export class AssertPrivilege extends CaseCommand {
  @Id('The record: of any kind, of this case.')
  recordId!: string;

  @Field(() => PrivilegeKind, { description: 'Which privilege.' })
  @IsIn(Object.values(PrivilegeKind))
  privilegeKind!: PrivilegeKind;

  @Prose('What it rests on.')
  basis!: string;

  @OptionalLine('The law it is asserted under.')
  jurisdiction?: string | null;

  @Field(() => GranteeInput, { description: 'Whose privilege it is: only the holder can waive it.' })
  @ValidateNested()
  @NamedAnew()
  holder!: GranteeInput;

  @Field(() => [GranteeInput], {
    defaultValue: [],
    description: 'Who sees the record beside counsel and the holder, if they may read the case: at most 100.',
  })
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique(keyOfGrantee)
  @ValidateNested({ each: true })
  @NamedAnew()
  named: GranteeInput[] = [];

  @OptionalId('The id of the new privilege, if you choose it: a UUID in lower case.')
  privilegeId?: string | null;
}

@ObjectType({ description: 'A privilege was asserted on a record.' })
@StoredEvent<PrivilegeAsserted>('PrivilegeAsserted', {
  version: 1,
  stix: 'none: privilege is nothing that is exchanged',
  summary: ({ recordId, privilegeKind, holder }) =>
    `Privilege asserted on record ${recordId}: ${privilegeKind}, held by ${nameOf(holder)}`,
})
export class PrivilegeAsserted {
  @Field(() => ID, { description: 'The privilege.' })
  privilegeId!: string;

  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => PrivilegeKind, { description: 'Which privilege.' })
  privilegeKind!: PrivilegeKind;

  @Field(() => String, { description: 'What it rests on.' })
  basis!: string;

  @Field(() => String, { nullable: true, description: 'The law it is asserted under.' })
  jurisdiction?: string;

  @Field(() => Grantee, { description: 'Whose privilege it is.' })
  holder!: Grantee;

  @Field(() => [Grantee], { nullable: true, description: 'Who sees the record beside counsel and the holder.' })
  named?: Grantee[];
}

export const assertPrivilege = slice<CaseState, AssertPrivilege>(
  AssertPrivilege,
  (command, state, context) => {
    const { recordId, privilegeKind, basis, holder, named } = command;
    known(state.records, recordId, 'record');
    const seeing = [...state.access.members.keys(), ...[holder, ...named].map(nameOf)];
    if (!namesOf(context.actor).some((name) => seeing.includes(name))) {
      refuse('LOCKED_OUT', 'You would not see the record any more: become a member of the case, or name yourself.');
    }
    const privilegeId = newRecordId(state, command.privilegeId, context);
    const jurisdiction = command.jurisdiction ?? undefined;
    return [event(PrivilegeAsserted, { privilegeId, recordId, privilegeKind, basis, jurisdiction, holder, named })];
  },
  { role: 'COUNSEL' },
);
