import { type StreamEvent } from '#read-models/read-session.js';
import { type CaseRules } from '../cases/case-rules.js';
import { type GroupMapping, GROUPS_STREAM, groupsAggregate } from '../groups/groups.js';
import { type GroupMapped, type GroupsClaimed } from '../groups/group-events.js';
import { hasExpired, type Key, KEYS_STREAM, keysAggregate } from '../keys/keys.js';
import { rulesIn } from '../policy/keep-policy.js';
import { type AccessPolicyRecorded, POLICY_STREAM, policyAggregate } from '../policy/policy-recorded.js';
import { Evidence } from './evidence.js';
import { folded } from './folded.js';

export interface KeyThen {
  key: Key;
  issued: Evidence;
}

export interface ClaimThen {
  label: string;
  groups: readonly string[];
  claimed: Evidence;
}

export interface MappingThen extends GroupMapping {
  mapped: Evidence;
}

export interface PolicyThen {
  recorded: AccessPolicyRecorded;
  rules: CaseRules;
  event: Evidence;
}

/** What keys, tokens and groups gave at a moment, and by which policy, as the log tells. */
export interface AccessThen {
  /** Every key that was issued by then and not revoked, by the id of its principal; some may have expired. */
  keys: ReadonlyMap<string, readonly KeyThen[]>;
  /** What the last token of each principal named that had been seen by then. */
  claims: ReadonlyMap<string, ClaimThen>;
  mappings: ReadonlyMap<string, MappingThen>;
  /** Null where none had been recorded: what it was is not known. */
  policy: PolicyThen | null;
}

/** The events of a stream up to the moment. */
export type StreamThen = (stream: string) => AsyncIterable<readonly StreamEvent[]>;

/** Refuses with NEWER_SOFTWARE_NEEDED where the log tells of what this software does not know. */
export async function accessThen(streamThen: StreamThen): Promise<AccessThen> {
  return {
    keys: await keysThen(streamThen(KEYS_STREAM)),
    ...(await groupsThen(streamThen(GROUPS_STREAM))),
    policy: await policyThen(streamThen(POLICY_STREAM)),
  };
}

/** Whether a key opened cases then: live, and good for them. @param now milliseconds since 1970 */
export const opensCases = ({ key }: KeyThen, now: number): boolean =>
  !hasExpired(key, now) && key.scopes.includes('CASES');

async function keysThen(pages: ReturnType<StreamThen>): Promise<AccessThen['keys']> {
  const issued: Evidence[] = [];
  const { keys } = await folded(keysAggregate, pages, ({ stored }) => issued.push(new Evidence(stored)));
  const byPrincipal = new Map<string, KeyThen[]>();
  for (const key of keys.values()) {
    if (key.revoked) continue;
    const one = { key, issued: issued[key.issuedAt] };
    const others = byPrincipal.get(key.principal);
    if (others) others.push(one);
    else byPrincipal.set(key.principal, [one]);
  }
  return byPrincipal;
}

async function groupsThen(pages: ReturnType<StreamThen>): Promise<Pick<AccessThen, 'claims' | 'mappings'>> {
  /** The last event on each group, and on each principal's groups. */
  const ofGroups = new Map<string, Evidence>();
  const ofPrincipals = new Map<string, Evidence>();
  const state = await folded(groupsAggregate, pages, ({ stored, payload }) => {
    const { group, principal } = payload as Partial<GroupMapped & GroupsClaimed>;
    if (group !== undefined) ofGroups.set(group, new Evidence(stored));
    if (principal !== undefined) ofPrincipals.set(principal, new Evidence(stored));
  });
  const claims = [...state.claims].map(([id, claim]) => [id, { ...claim, claimed: ofPrincipals.get(id)! }] as const);
  const mappings = [...state.mappings].map(([id, one]) => [id, { ...one, mapped: ofGroups.get(id)! }] as const);
  return { claims: new Map(claims), mappings: new Map(mappings) };
}

async function policyThen(pages: ReturnType<StreamThen>): Promise<PolicyThen | null> {
  let last: Evidence | undefined;
  const { current } = await folded(policyAggregate, pages, ({ stored }) => (last = new Evidence(stored)));
  return current && { recorded: current, rules: rulesIn(current), event: last! };
}
