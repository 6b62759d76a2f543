import { handlersByType } from '#event-sourcing/event.js';
import { type Aggregate, evolve } from '#event-sourcing/slice.js';
import { type Role } from '../principal.js';
import { GroupMapped, GroupsClaimed, GroupUnmapped } from './group-events.js';

/** What a group gives its members. */
export interface GroupMapping {
  roles: readonly Role[];
  organisation: string | null;
}

export interface GroupsState {
  mappings: Map<string, GroupMapping>;
  /** The groups that each principal's last token named, by the principal's id. */
  claims: Map<string, { label: string; groups: readonly string[] }>;
}

/** All mappings and claims stand in one stream, so that their order tells what held when. */
export const GROUPS_STREAM = 'access-groups';

export const groupsAggregate: Aggregate<GroupsState> = {
  category: 'access',
  initial: () => ({ mappings: new Map(), claims: new Map() }),
  subjectOf: () => 'groups',
  evolutions: handlersByType([
    evolve(GroupMapped, ({ mappings }: GroupsState, { group, groupRoles: roles, organisation }) => {
      mappings.set(group, { roles, organisation: organisation ?? null });
    }),
    evolve(GroupUnmapped, ({ mappings }: GroupsState, { group }) => void mappings.delete(group)),
    evolve(GroupsClaimed, ({ claims }: GroupsState, { principal, label, claimedGroups: groups }) => {
      claims.set(principal, { label, groups });
    }),
  ]),
};

/**
 * What its groups give a principal: the roles of all of them. Whoever is in a group of a partner organisation is one of its
 * people, whatever other groups they are in; in groups of several, of the first in alphabetical order.
 */
export function rightsOf(
  mappings: ReadonlyMap<string, { roles: readonly Role[]; organisation: string | null }>,
  groups: readonly string[],
): GroupMapping {
  const mapped = groups.flatMap((group) => mappings.get(group) ?? []);
  const [organisation = null] = mapped.flatMap((one) => one.organisation ?? []).sort();
  return { roles: [...new Set(mapped.flatMap(({ roles }) => roles))], organisation };
}
