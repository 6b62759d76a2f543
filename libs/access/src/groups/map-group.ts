import { Field } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, Length } from 'class-validator';
import { Command, CommandInput } from '#event-sourcing/command.js';
import { event } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { Role } from '../principal.js';
import { IsSeen } from '../seen.js';
import { GroupMapped } from './group-events.js';
import { type GroupsState } from './groups.js';

@CommandInput('Gives the members of a group of the OIDC provider these roles, in place of those it gave them before.')
export class MapGroup extends Command {
  @Field(() => String, { description: 'The group, as the tokens of the OIDC provider name it, 1-200 characters.' })
  @Length(1, 200)
  @IsSeen()
  group!: string;

  @Field(() => [Role], { description: 'What its members may do; those of all their groups add up.' })
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsIn(Object.values(Role), { each: true })
  groupRoles!: Role[];

  @Field(() => String, {
    nullable: true,
    description: 'The partner organisation whose people its members are, 1-200 characters; omitted: one’s own.',
  })
  @IsOptional()
  @Length(1, 200)
  @IsSeen()
  organisation?: string | null;
}

export const mapGroup = slice<GroupsState, MapGroup>(MapGroup, ({ group, groupRoles, organisation }, { mappings }) => {
  const known = mappings.get(group);
  const same = known?.roles.length === groupRoles.length && groupRoles.every((role) => known.roles.includes(role));
  if (same && known.organisation === (organisation ?? null)) {
    refuse('ALREADY_MAPPED', `The group ${group} gives its members just that already.`);
  }
  return [event(GroupMapped, { group, groupRoles, organisation: organisation ?? undefined })];
});
