import { registerEnumType } from '@nestjs/graphql';
import { type Actor } from '#event-sourcing/envelope.js';
import { type Principal, type Role } from '../principal.js';
import { type Tlp } from './tlp.js';

/** What somebody may do in one case. */
export const CaseRight = {
  READ: 'READ',
  CONTRIBUTE: 'CONTRIBUTE',
  CLOSE: 'CLOSE',
  MANAGE_MEMBERS: 'MANAGE_MEMBERS',
} as const;
export type CaseRight = keyof typeof CaseRight;
registerEnumType(CaseRight, {
  name: 'CaseRight',
  description: 'What somebody may do in one case. Nothing deletes.',
  valuesMap: {
    READ: { description: 'Read the case, its records and its history: every member may.' },
    CONTRIBUTE: { description: 'Record in the case, and change what is recorded.' },
    CLOSE: { description: 'Close the case and reopen it.' },
    MANAGE_MEMBERS: { description: 'Say who is a member, and whether the case is restricted.' },
  },
});

export const ALL_RIGHTS: readonly CaseRight[] = Object.values(CaseRight);

export const GranteeKind = { PERSON: 'PERSON', GROUP: 'GROUP', ORGANISATION: 'ORGANISATION' } as const;
export type GranteeKind = keyof typeof GranteeKind;
registerEnumType(GranteeKind, {
  name: 'GranteeKind',
  description: 'Whom access is given to.',
  valuesMap: {
    PERSON: { description: 'One principal, by its id: a human being or a program.' },
    GROUP: { description: 'All of a group of the identity provider, by its name there.' },
    ORGANISATION: { description: "All of a partner organisation's people, by its id." },
  },
});

/** Whom a grant names, as one text: `PERSON/ines`. */
export type GranteeName = `${GranteeKind}/${string}`;

export const granteeName = (kind: GranteeKind, id: string): GranteeName => `${kind}/${id}`;

/** Every name that a principal answers to. What is not known of it names nobody. */
export function namesOf({
  id,
  groups,
  organisation,
}: Pick<Actor, 'id'> & Partial<Pick<Principal, 'groups' | 'organisation'>>): GranteeName[] {
  return [
    granteeName('PERSON', id),
    ...(groups ?? []).map((group) => granteeName('GROUP', group)),
    ...(organisation ? [granteeName('ORGANISATION', organisation)] : []),
  ];
}

/** What stands around a record, beside the need to know of its case. */
export type WallKind = 'LIMIT' | 'PRIVILEGE';

export interface Wall {
  kind: WallKind;
  /** Who passes by name. */
  names: ReadonlySet<string>;
}

/** The originator's word on who may receive what it stands on. */
export interface Mark {
  tlp: Tlp;
  /** Whose word it is, as a name; empty: one's own. */
  originator: string;
  /** Whom it names. */
  recipients: ReadonlySet<string>;
}

/** What a mark stands on that is on no record, but on the case. */
export const THE_CASE = '';

/** From where on a member of an outside organisation reads a case. */
export interface Share {
  /** The revision of the event that made it a member, and when that was recorded. */
  since: number;
  at: string;
  /** Whether what was recorded before is shared too. */
  withHistory: boolean;
}

/** Who may know of a case, as it stands now: what the policy's rules look at. */
export interface CaseAccess {
  restricted: boolean;
  /** Rights by the name of the member. */
  members: ReadonlyMap<string, ReadonlySet<CaseRight>>;
  /** What was shared by making it a member, by the same names. */
  shares: ReadonlyMap<string, Share>;
  /** The walls around a record, by its id and by an id of their own. Records without any are not in it. */
  walls: ReadonlyMap<string, ReadonlyMap<string, Wall>>;
  /** The marks on a record, or on the case ({@link THE_CASE}), by its id and by their originators. What has none is not in it. */
  marks: ReadonlyMap<string, ReadonlyMap<string, Mark>>;
}

/** Of a principal, what the rules look at. */
export type Reader = Pick<Principal, 'id' | 'roles' | 'groups' | 'organisation'>;

export const hasRole = ({ roles }: Pick<Reader, 'roles'>, allowed: readonly Role[]): boolean =>
  roles.some((role) => allowed.includes(role));
