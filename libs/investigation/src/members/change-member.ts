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
import { knownMember, requireAnotherManager, requireHistory } from './access-state.js';
import { completed, Grantee, GranteeInput, nameOf, Rights } from './grantee.js';

@CommandInput('Changes what a member of a case may do.')
export class ChangeMember extends CaseCommand {
  @Field(() => GranteeInput, { description: 'The member.' })
  @ValidateNested()
  grantee!: GranteeInput;

  @Rights('What the member may do from now on, all of it; READ is always among it.')
  rights!: CaseRight[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True: people of outside organisations read what was recorded before as well. False: no longer, from when they became members on alone. Omitted: as before. One's own people read all of a case in any case.",
  })
  @IsOptional()
  @IsBoolean()
  withHistory?: boolean | null;

  @OptionalProse('Why.')
  reason?: string | null;
}

@ObjectType({ description: 'What a member of the case may do was changed.' })
@StoredEvent<MemberChanged>('MemberChanged', {
  version: 1,
  stix: 'none: who may see a case',
  summary: ({ grantee, rights, withHistory }) => {
    const history = withHistory === undefined ? '' : `, with${withHistory ? '' : 'out'} the history`;
    return `Member changed: ${nameOf(grantee)} (${rights.join(', ')})${history}`;
  },
})
export class MemberChanged {
  @Field(() => Grantee, { description: 'The member.' })
  grantee!: Grantee;

  @Field(() => [CaseRight], { description: 'What the member may do from now on.' })
  rights!: CaseRight[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether people of outside organisations read what was recorded before they became members. Absent: as before.',
  })
  withHistory?: boolean;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const changeMember = slice<CaseState, ChangeMember>(
  ChangeMember,
  ({ grantee, rights: given, withHistory, reason }, state, { actor }) => {
    const name = nameOf(grantee);
    const before = knownMember(state, name);
    const rights = completed(given);
    const shared = state.access.shares.get(name)?.withHistory;
    const asBefore = (withHistory ?? undefined) === undefined || shared === withHistory;
    if (asBefore && rights.length === before.size && rights.every((right) => before.has(right))) {
      refuse('NOTHING_CHANGED', `${name} may do exactly this already.`);
    }
    if (!rights.includes('MANAGE_MEMBERS')) requireAnotherManager(state, name);
    if (withHistory && !shared) requireHistory(state, actor);
    return [
      event(MemberChanged, { grantee, rights, withHistory: withHistory ?? undefined, reason: reason ?? undefined }),
    ];
  },
  { right: 'MANAGE_MEMBERS' },
);
