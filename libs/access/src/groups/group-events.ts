import { Field, ObjectType } from '@nestjs/graphql';
import { StoredEvent } from '#event-sourcing/event.js';
import { Role } from '../principal.js';

@ObjectType({ description: 'A group of the OIDC provider was given roles: its members have them from then on.' })
@StoredEvent<GroupMapped>('GroupMapped', {
  version: 1,
  stix: 'none: who may sign in to this installation',
  summary: ({ group, groupRoles, organisation }) =>
    `Group ${group} mapped to ${groupRoles.join(', ') || 'no role'}${organisation ? ` as people of ${organisation}` : ''}`,
})
export class GroupMapped {
  @Field(() => String, { description: 'The group, as the tokens of the OIDC provider name it.' })
  group!: string;

  @Field(() => [Role], { description: 'What its members may do; those of all their groups add up.' })
  groupRoles!: Role[];

  @Field(() => String, {
    nullable: true,
    description: 'The partner organisation whose people its members are; absent: one’s own.',
  })
  organisation?: string;
}

@ObjectType({ description: 'A group of the OIDC provider gives its members nothing from then on.' })
@StoredEvent<GroupUnmapped>('GroupUnmapped', {
  version: 1,
  stix: 'none: who may sign in to this installation',
  summary: ({ group }) => `Group ${group} mapped to nothing`,
})
export class GroupUnmapped {
  @Field(() => String, { description: 'The group, as the tokens of the OIDC provider name it.' })
  group!: string;
}

@ObjectType({
  description: 'A principal came with a token for the first time, or with one that names other groups than before.',
})
@StoredEvent<GroupsClaimed>('GroupsClaimed', {
  version: 1,
  stix: 'none: who may sign in to this installation',
  summary: ({ principal, claimedGroups }) => `Groups of ${principal}: ${claimedGroups.join(', ') || 'none'}`,
})
export class GroupsClaimed {
  @Field(() => String, { description: 'The principal: issuer and subject, with # between them.' })
  principal!: string;

  @Field(() => String, { description: 'What the token calls its holder.' })
  label!: string;

  @Field(() => [String], { description: 'The groups that the token names, in alphabetical order.' })
  claimedGroups!: string[];
}
