import { randomUUID } from 'node:crypto';
import { Role } from '#access/principal.js';
import { type Api } from '../e2e/api.js';

/** Every role there is, and none. */
export const ROLES = [...Object.values(Role), 'NONE'] as const;
export type RoleOrNone = (typeof ROLES)[number];

/**
 * How somebody stands to the case that is asked about. `outside`: it is restricted, and they are no member. `open`: it is not
 * restricted, and they are no member. `reader`: it is restricted, and they are a member who may read. `member`: one with every
 * right there is. Partners are members by their organisation, readers from then on, members with the history; those outside
 * are of another one.
 */
export const SITUATIONS = ['outside', 'open', 'reader', 'member'] as const;
export type Situation = (typeof SITUATIONS)[number];

const RIGHTS = { reader: ['READ'], member: ['READ', 'CONTRIBUTE', 'CLOSE', 'MANAGE_MEMBERS'] } as const;
const ORGANISATIONS = { outside: 'Fernhill', reader: 'Halden', member: 'Brightwater' } as const;
type Place = keyof typeof ORGANISATIONS;
const PLACES = Object.keys(ORGANISATIONS) as Place[];

const principalOf = (role: RoleOrNone, place: Place): string => `${role.toLowerCase()}-${place}`;

/** Makes the readers and members of every role members of a case, by the key of somebody who manages them. */
export async function joinAll(api: Api, caseId: string, key: string): Promise<void> {
  for (const place of ['reader', 'member'] as const) {
    for (const role of ROLES) {
      const person = { kind: 'PERSON', id: principalOf(role, place) };
      const grantee = role === 'PARTNER' ? { kind: 'ORGANISATION', id: ORGANISATIONS[place] } : person;
      const withHistory = role === 'PARTNER' && place === 'member';
      await api.done('addMember', { caseId, grantee, rights: RIGHTS[place], withHistory }, key);
    }
  }
}

/** A key for each role in each situation. */
export async function keysOfAll(api: Api): Promise<(role: RoleOrNone, situation: Situation) => string> {
  const keys = new Map<string, string>();
  for (const place of PLACES) {
    for (const role of ROLES) {
      const principal = principalOf(role, place);
      const { data, errors } = await api.command(
        'issueKey',
        {
          ...{ commandId: randomUUID(), principal, label: principal, actorKind: 'PERSON' },
          principalRoles: role === 'NONE' ? [] : [role],
          ...(role === 'PARTNER' && { organisation: ORGANISATIONS[place] }),
        },
        api.adminKey,
        'secret',
      );
      if (errors) throw new Error(JSON.stringify(errors));
      keys.set(principal, data.issueKey.secret as string);
    }
  }
  return (role, situation) => keys.get(principalOf(role, situation === 'open' ? 'outside' : situation))!;
}
