import { Field, ObjectType } from '@nestjs/graphql';
import { IsBoolean, IsOptional, ValidateNested } from 'class-validator';
import { CaseRight } from '#access/cases/case-access.js';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { OptionalProse } from '../fields.js';
import { requireHistory } from './access-state.js';
import { completed, Grantee, GranteeInput, NamedAnew, nameOf, Rights } from './grantee.js';

@CommandInput('Makes somebody a member of a case: a person, a group or an outside organisation.')
export class AddMember extends CaseCommand {
  @Field(() => GranteeInput, { description: 'Who becomes a member.' })
  @ValidateNested()
  @NamedAnew()
  grantee!: GranteeInput;

  @Rights('What the member may do; READ is always among it.')
  rights!: CaseRight[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True: people of outside organisations read what was recorded before as well. Omitted or false: from here on alone, with all that stands then. One's own people read all of a case in any case.",
  })
  @IsOptional()
  @IsBoolean()
  withHistory?: boolean | null;

  @OptionalProse('Why.')
  reason?: string | null;
}

@ObjectType({ description: 'Somebody became a member of the case.' })
@StoredEvent<MemberAdded>('MemberAdded', {
  version: 1,
  stix: 'none: who may see a case',
  summary: ({ grantee, rights, withHistory }) =>
    `Member added: ${nameOf(grantee)} (${rights.join(', ')})${withHistory ? ', with the history' : ''}`,
})
export class MemberAdded {
  @Field(() => Grantee, { description: 'The member.' })
  grantee!: Grantee;

  @Field(() => [CaseRight], { description: 'What the member may do.' })
  rights!: CaseRight[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: people of outside organisations read what was recorded before as well. Absent: from here on alone.',
  })
  withHistory?: boolean;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const addMember = slice<CaseState, AddMember>(
  AddMember,
  ({ grantee, rights, withHistory, reason }, state, { actor }) => {
    const name = nameOf(grantee);
    if (state.access.members.has(name)) {
      refuse('ALREADY_MEMBER', `${name} is a member already; change its rights instead (changeMember).`);
    }
    if (withHistory) requireHistory(state, actor);
    return [
      event(MemberAdded, {
        grantee,
        rights: completed(rights),
        withHistory: withHistory ?? undefined,
        reason: reason ?? undefined,
      }),
    ];
  },
  { right: 'MANAGE_MEMBERS' },
);
