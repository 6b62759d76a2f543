import { handlersByType } from '#event-sourcing/event.js';
import { type Revision } from '#event-sourcing/log/event-log.js';
import { type Aggregate, evolve } from '#event-sourcing/slice.js';
import { granteeName } from '../cases/case-access.js';
import { type Role } from '../principal.js';
import { GroupMapped, GroupsClaimed, GroupUnmapped } from './group-events.js';

/** What a group gives its members. */
export interface GroupMapping {
  roles: readonly Role[];
  organisation: string | null;
}

/** A mapping that stands; `since` is the stream's revision that made it. */
type StandingMapping = GroupMapping & { since: Revision };

export interface GroupsState {
  mappings: Map<string, StandingMapping>;
  /** The groups that each principal's last token named, by the principal's id; since which revision without a break. */
  claims: Map<string, { label: string; groups: readonly string[]; since: ReadonlyMap<string, Revision> }>;
}

/** All mappings and claims stand in one stream, so that their order tells what held when. */
export const GROUPS_STREAM = 'access-groups';

export const groupsAggregate: Aggregate<GroupsState> = {
  category: 'access',
  initial: () => ({ mappings: new Map(), claims: new Map() }),
  subjectOf: () => 'groups',
  evolutions: handlersByType([
    evolve(GroupMapped, ({ mappings }: GroupsState, { group, groupRoles: roles, organisation }, { revision }) => {
      mappings.set(group, { roles, organisation: organisation ?? null, since: revision });
    }),
    evolve(GroupUnmapped, ({ mappings }: GroupsState, { group }) => void mappings.delete(group)),
    evolve(GroupsClaimed, ({ claims }: GroupsState, { principal, label, claimedGroups: groups }, { revision }) => {
      const before = claims.get(principal)?.since;
      const since = new Map(groups.map((group) => [group, before?.get(group) ?? revision]));
      claims.set(principal, { label, groups, since });
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

/**
 * The place in the log from which on a principal is known to be in each of its groups, and to have by them each role and the
 * organisation, by name. `placeOf` tells that of a revision of the stream.
 */
export function knownSince(
  { mappings, claims }: Readonly<GroupsState>,
  principal: string,
  groups: readonly string[],
  placeOf: (revision: Revision) => number | null,
): Record<string, number> {
  const since: Record<string, number> = {};
  const keep = (name: string, place: number) => (since[name] = Math.min(since[name] ?? Infinity, place));
  for (const group of groups) {
    const claimed = claims.get(principal)?.since.get(group);
    const claimedAt = claimed === undefined ? null : placeOf(claimed);
    if (claimedAt === null) continue;
    keep(granteeName('GROUP', group), claimedAt);
    const mapping = mappings.get(group);
    const mappedAt = mapping ? placeOf(mapping.since) : null;
    if (mappedAt === null) continue;
    for (const role of mapping!.roles) keep(`ROLE/${role}`, Math.max(claimedAt, mappedAt));
    if (mapping!.organisation !== null)
      keep(granteeName('ORGANISATION', mapping!.organisation), Math.max(claimedAt, mappedAt));
  }
  return since;
}
