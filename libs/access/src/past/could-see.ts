import { allow, hiddenRecords, isOutside, reachOf, receives } from '../cases/allow.js';
import {
  ALL_RIGHTS,
  type CaseAccess,
  type CaseRight,
  granteeName,
  type GranteeKind,
  namesOf,
  type Reader,
  THE_CASE,
} from '../cases/case-access.js';
import { type CaseRules } from '../cases/case-rules.js';
import { rightsOf } from '../groups/groups.js';
import { principalOf } from '../keys/key-ring.js';
import { Role } from '../principal.js';
import { type AccessThen, type ClaimThen, opensCases, type KeyThen } from './access-then.js';
import { type CaseThen } from './case-then.js';
import { type Evidence } from './evidence.js';

/** How sure it is that somebody could see: see `docs/security.md`. */
export type Certainty = 'PROVEN' | 'LAST_SEEN' | 'GRANT_ONLY';

/** What an event shows of why somebody could see. */
export type GroundKind = 'KEY' | 'TOKEN' | 'MAPPING' | 'MEMBERSHIP' | 'UNRESTRICTED' | 'WALL' | 'MARK';

export interface Ground {
  kind: GroundKind;
  /** The key's id, the principal of the token, the group, the member, the wall's kind, the mark's level; of a case that was not restricted nothing. */
  of: string | null;
  event: Evidence;
}

/** One way in: by one key, by the token seen last, or for whoever a grant is to. */
export interface Way {
  certainty: Certainty;
  /** The names of the rules that gave something, of the policy then. */
  rules: string[];
  rights: CaseRight[];
  roles: readonly Role[];
  groups: readonly string[];
  organisation: string | null;
  /** Of an outside organisation's people: from when on, RFC 3339; null: all of the case. */
  sharedFrom: string | null;
  onBehalfOf: string | null;
  grounds: Ground[];
}

/** Somebody who could see, and every way they had. */
export interface CouldSee {
  id: string;
  grantee: { kind: GranteeKind; id: string };
  /** As the newest key, or the token, has it. */
  name: string | null;
  rights: CaseRight[];
  certainty: Certainty;
  /** When what the token named was recorded; null where nothing rests on it alone. */
  lastSeenAt: string | null;
  ways: Way[];
}

export interface Asked {
  then: AccessThen;
  ofCase: CaseThen;
  /** The record, and those it belongs to: whoever may not see one of them does not see it. None: the case. */
  recordIds: readonly string[];
  /** The moment that keys' expiry is judged by, in milliseconds since 1970. */
  now: number;
}

/** The whole of what is not looked up one by one: no role and no group is known of whoever a grant is to. */
const ANY_ROLE: readonly Role[] = Object.values(Role);
const ORDER: readonly Certainty[] = ['PROVEN', 'LAST_SEEN', 'GRANT_ONLY'];

/** Who could see a case, or a record of it, at a moment: decided by the policy of then on what the log tells of then. */
export class WhoCouldSee {
  /** Everybody who comes into question, in the order they are answered in: the same at the same moment. */
  readonly names: readonly string[];
  private readonly rules: CaseRules | null;
  private readonly access: CaseAccess;

  constructor(private readonly asked: Asked) {
    const { then, ofCase, recordIds } = asked;
    this.rules = then.policy?.rules ?? null;
    // Of the walls and marks in the case only those of the records are looked at, and the marks on the case.
    const walls = [...ofCase.access.walls].filter(([id]) => recordIds.includes(id));
    const marks = [...ofCase.access.marks].filter(([id]) => id === THE_CASE || recordIds.includes(id));
    this.access = { ...ofCase.access, walls: new Map(walls), marks: new Map(marks) };
    const principals = [...then.keys.keys(), ...then.claims.keys()].map((id) => granteeName('PERSON', id));
    const groups = [...then.mappings.keys()].map((group) => granteeName('GROUP', group));
    this.names = [...new Set([...principals, ...groups, ...this.access.members.keys()])].sort();
  }

  /** What one of the names could see by; null if it could not. */
  line(name: string): CouldSee | null {
    const slash = name.indexOf('/');
    const [kind, id] = [name.slice(0, slash) as GranteeKind, name.slice(slash + 1)];
    const { keys, claims } = this.asked.then;
    const own = kind === 'PERSON' ? { keys: keys.get(id) ?? [], claim: claims.get(id) } : { keys: [] };
    const live = own.keys.filter((key) => opensCases(key, this.asked.now));
    const seen = [...live.map((key) => this.byKey(key)), own.claim ? this.byToken(id, own.claim) : null];
    const known = seen.filter((way) => way !== null);
    const ways = known.length > 0 || own.claim ? known : this.byGrant(kind, id);
    if (ways.length === 0) return null;
    const certainty = ORDER.find((one) => ways.some((way) => way.certainty === one))!;
    return {
      id: name,
      grantee: { kind, id },
      name: live.at(-1)?.key.label ?? own.claim?.label ?? null,
      rights: ALL_RIGHTS.filter((right) => ways.some(({ rights }) => rights.includes(right))),
      certainty,
      lastSeenAt: certainty === 'LAST_SEEN' ? own.claim!.claimed.recordedAt : null,
      ways,
    };
  }

  private byKey({ key, issued }: KeyThen): Way | null {
    const grounds: Ground[] = [{ kind: 'KEY', of: key.id, event: issued }];
    return this.way('PROVEN', principalOf(key), grounds, key.onBehalfOf);
  }

  private byToken(id: string, { groups, claimed }: ClaimThen): Way | null {
    const { mappings } = this.asked.then;
    const mapped = groups.flatMap((group): Ground[] => {
      const mapping = mappings.get(group);
      return mapping ? [{ kind: 'MAPPING', of: group, event: mapping.mapped }] : [];
    });
    const grounds: Ground[] = [{ kind: 'TOKEN', of: id, event: claimed }, ...mapped];
    return this.way('LAST_SEEN', { id, groups, ...rightsOf(mappings, groups) }, grounds, null);
  }

  /** For whoever a membership or a mapping is to, beside those who were known: of them it is not known who they were. */
  private byGrant(kind: GranteeKind, id: string): Way[] {
    const name = granteeName(kind, id);
    const { then, ofCase } = this.asked;
    const nobody = { id: '', groups: [], organisation: null, roles: [] };
    const ways: (Way | null)[] = [];
    // A person whom no token can name needs a key, and would be known by it.
    const isMember = ofCase.access.members.has(name) && (kind !== 'PERSON' || id.includes('#') || !this.rules);
    if (isMember && this.rules) {
      const known = { PERSON: { id }, GROUP: { groups: [id] }, ORGANISATION: { organisation: id } }[kind];
      // Their roles are not known either. By their membership alone: in an open case any role of the rules would do.
      // An organisation is of outside; of others that is not known, and marks may not hold them back.
      const roles = ANY_ROLE.filter((role) => kind === 'ORGANISATION' || !this.rules!.outside.includes(role));
      const reader = { ...nobody, roles, ...known };
      const way = this.way('GRANT_ONLY', reader, [], null, { ...this.access, restricted: true });
      ways.push(way && { ...way, roles: [], sharedFrom: kind === 'ORGANISATION' ? way.sharedFrom : null });
    } else if (isMember) {
      ways.push(this.unjudged(name));
    }
    const mapping = kind === 'GROUP' ? then.mappings.get(id) : undefined;
    if (mapping) {
      const { roles, organisation, mapped } = mapping;
      const others = new Map([...this.access.members].filter(([member]) => member !== name));
      const grounds: Ground[] = [{ kind: 'MAPPING', of: id, event: mapped }];
      const reader = { ...nobody, groups: [id], roles, organisation };
      ways.push(this.way('GRANT_ONLY', reader, grounds, null, { ...this.access, members: others }));
    }
    return ways.filter((way) => way !== null);
  }

  /** What a membership says where it is not known what the policy was. */
  private unjudged(name: string): Way {
    const rights = ALL_RIGHTS.filter((right) => this.access.members.get(name)!.has(right));
    const unknown = { rules: [], roles: [], groups: [], organisation: null, sharedFrom: null, onBehalfOf: null };
    return { certainty: 'GRANT_ONLY', rights, ...unknown, grounds: this.membership(name) };
  }

  /** What the policy gave a reader, and by what; null if it could not see. */
  private way(
    certainty: Certainty,
    reader: Reader,
    grounds: readonly Ground[],
    onBehalfOf: string | null,
    access: CaseAccess = this.access,
  ): Way | null {
    const { rules } = this;
    if (!rules || !allow(reader, 'READ', access, rules) || this.hides(reader, access, rules)) return null;
    const giving = rules.cases.filter((rule) => {
      const alone = { ...rules, cases: [rule] };
      return ALL_RIGHTS.some((right) => allow(reader, right, access, alone));
    });
    const { id, roles, groups, organisation } = reader;
    const openly = allow(reader, 'READ', { ...access, members: new Map() }, rules);
    const passages = this.passages(reader, access, rules);
    const received = isOutside(reader, rules) ? this.received(reader, access, rules) : { rules: [], grounds: [] };
    const memberships = namesOf({ id, groups, organisation }).filter((name) => access.members.has(name));
    return {
      certainty,
      rules: [...new Set([...giving.map(({ name }) => name), ...passages.rules, ...received.rules])],
      rights: ALL_RIGHTS.filter((right) => allow(reader, right, access, rules)),
      ...{ roles, groups, organisation, onBehalfOf, sharedFrom: reachOf(reader, access, rules)?.at || null },
      grounds: [
        ...grounds,
        ...memberships.flatMap((name) => this.membership(name)),
        ...(openly ? [{ kind: 'UNRESTRICTED', of: null, event: this.asked.ofCase.evidence.openness! } as const] : []),
        ...passages.grounds,
        ...received.grounds,
      ],
    };
  }

  private membership(name: string): Ground[] {
    const event = this.asked.ofCase.evidence.memberships.get(name);
    return event ? [{ kind: 'MEMBERSHIP', of: name, event }] : [];
  }

  private hides(reader: Reader, access: CaseAccess, rules: CaseRules): boolean {
    const hidden = hiddenRecords(reader, access, rules);
    return this.asked.recordIds.some((id) => hidden.includes(id));
  }

  /** By which rules each of the marks on the case and on the records lets somebody of outside receive it. */
  private received(reader: Reader, access: CaseAccess, rules: CaseRules): { rules: string[]; grounds: Ground[] } {
    const all = [...this.asked.ofCase.evidence.records].flatMap(([id, evidence]) =>
      [...(access.marks.get(id) ?? [])].map(([originator, mark]) => ({ mark, event: evidence.marks.get(originator)! })),
    );
    const letting = rules.marks.filter((rule) =>
      all.some(({ mark }) => receives(reader, mark, access, { ...rules, marks: [rule] })),
    );
    return {
      rules: letting.map(({ name }) => name),
      grounds: all.map(({ mark, event }) => ({ kind: 'MARK', of: mark.tlp, event })),
    };
  }

  /** By which rules each of the walls around the records let a reader through that passes all of them. */
  private passages(reader: Reader, access: CaseAccess, rules: CaseRules): { rules: string[]; grounds: Ground[] } {
    const passed: string[] = [];
    const grounds: Ground[] = [];
    for (const [recordId, walls] of access.walls) {
      const evidence = this.asked.ofCase.evidence.records.get(recordId)!;
      for (const [wallId, wall] of walls) {
        const alone = { ...access, walls: new Map([[recordId, new Map([[wallId, wall]])]]) };
        const through = rules.walls.filter((rule) => !this.hides(reader, alone, { ...rules, walls: [rule] }));
        passed.push(...through.map(({ name }) => name));
        grounds.push({ kind: 'WALL', of: wall.kind, event: evidence.walls.get(wallId)! });
      }
    }
    return { rules: passed, grounds };
  }
}
