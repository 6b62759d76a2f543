import { event } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type CommandFields, slice } from '#event-sourcing/slice.js';
import { GroupsClaimed } from './group-events.js';
import { type GroupsState } from './groups.js';

/** What a token says of its holder's groups; sent by the server alone. */
export class RecordClaims implements CommandFields {
  commandId!: string;
  principal!: string;
  label!: string;
  /** In alphabetical order, each once. */
  groups!: string[];
}

/** Told to nobody: two requests with the same new token came at once. */
export const ALREADY_RECORDED = 'ALREADY_RECORDED';

export const recordClaims = slice<GroupsState, RecordClaims>(
  RecordClaims,
  ({ principal, label, groups }, { claims }) => {
    const known = claims.get(principal);
    if (known && sameGroups(known.groups, groups)) refuse(ALREADY_RECORDED, 'These claims are recorded already.');
    return [event(GroupsClaimed, { principal, label, claimedGroups: groups })];
  },
);

export const sameGroups = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((group, index) => group === other[index]);
