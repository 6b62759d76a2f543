import { Field, ObjectType } from '@nestjs/graphql';
import { ValidateNested } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { OptionalProse } from '../fields.js';
import { knownMember, requireAnotherManager } from './access-state.js';
import { Grantee, GranteeInput, nameOf } from './grantee.js';

@CommandInput(
  'Ends the membership of somebody in a case. Where the case is restricted, they can no longer tell that it exists.',
)
export class RemoveMember extends CaseCommand {
  @Field(() => GranteeInput, { description: 'The member.' })
  @ValidateNested()
  grantee!: GranteeInput;

  @OptionalProse('Why.')
  reason?: string | null;
}

@ObjectType({ description: 'A membership in the case ended.' })
@StoredEvent<MemberRemoved>('MemberRemoved', {
  version: 1,
  stix: 'none: who may see a case',
  summary: ({ grantee, reason }) => `Member removed: ${nameOf(grantee)}${reason ? `: ${excerpt(reason)}` : ''}`,
})
export class MemberRemoved {
  @Field(() => Grantee, { description: 'Who was a member until then.' })
  grantee!: Grantee;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const removeMember = slice<CaseState, RemoveMember>(
  RemoveMember,
  ({ grantee, reason }, state) => {
    const name = nameOf(grantee);
    if (knownMember(state, name).has('MANAGE_MEMBERS')) requireAnotherManager(state, name);
    return [event(MemberRemoved, { grantee, reason: reason ?? undefined })];
  },
  { right: 'MANAGE_MEMBERS' },
);
