import { registerEnumType } from '@nestjs/graphql';
import { type Actor } from '#event-sourcing/envelope.js';

/** The longest id of a principal, in characters: of whom a token is about it is `<issuer>#<subject>`. */
export const MOST_PRINCIPAL = 500;

/** What a principal may do; recorded with its keys. */
export const Role = {
  INVESTIGATOR: 'INVESTIGATOR',
  COUNSEL: 'COUNSEL',
  REVIEWER: 'REVIEWER',
  AUDITOR: 'AUDITOR',
  ADMINISTRATOR: 'ADMINISTRATOR',
  INTEGRATION: 'INTEGRATION',
  PARTNER: 'PARTNER',
} as const;
export type Role = (typeof Role)[keyof typeof Role];
registerEnumType(Role, {
  name: 'Role',
  description:
    'What a principal may do. Cases that are not restricted are open to INVESTIGATOR, COUNSEL and REVIEWER; everybody else sees the cases they are members of.',
  valuesMap: {
    INVESTIGATOR: { description: 'Runs investigations and records what is found.' },
    COUNSEL: { description: 'Advises on and directs investigations as a lawyer.' },
    REVIEWER: { description: 'Reviews and confirms what others submitted.' },
    AUDITOR: { description: 'Reads what it is granted, and writes nothing.' },
    ADMINISTRATOR: { description: 'Manages keys; reads no case by right.' },
    INTEGRATION: { description: 'A program that records in or follows the cases it is a member of.' },
    PARTNER: { description: 'Belongs to an outside organisation: reads what that was granted.' },
  },
});

export const PrincipalKind = { PERSON: 'PERSON', SERVICE: 'SERVICE' } as const;
export type PrincipalKind = (typeof PrincipalKind)[keyof typeof PrincipalKind];
registerEnumType(PrincipalKind, {
  name: 'PrincipalKind',
  description: 'Whether a principal is a human being or a program.',
  valuesMap: { PERSON: { description: 'A human being.' }, SERVICE: { description: 'A program.' } },
});

/** What a key may be used for, within what its principal may do. */
export const Scope = { OPERATIONS: 'OPERATIONS', CASES: 'CASES', AUDIT: 'AUDIT' } as const;
export type Scope = (typeof Scope)[keyof typeof Scope];
registerEnumType(Scope, {
  name: 'Scope',
  description: 'What a key may be used for, within what its principal may do.',
  valuesMap: {
    OPERATIONS: { description: 'Running the service: keys, groups, metrics, projections; the schema in production.' },
    CASES: { description: 'Cases: reading them, recording in them, following them.' },
    AUDIT: { description: 'Access and proof: who could see, who did.' },
  },
});

/** What a credential is good for that does not say it: everything but running the service, that for administrators alone. */
export const usualScopes = (roles: readonly Role[]): readonly Scope[] =>
  roles.includes('ADMINISTRATOR') ? ['OPERATIONS', 'CASES', 'AUDIT'] : ['CASES', 'AUDIT'];

/** Who is asking, as verified; `name` is the label of the key that was shown, or what the token calls its holder. */
export interface Principal extends Actor {
  kind: PrincipalKind;
  credential: string;
  roles: readonly Role[];
  /** The groups that the OIDC provider names; of a key's principal, none. */
  groups: readonly string[];
  /** The partner organisation whose people the principal is one of; null for one's own. */
  organisation: string | null;
  scopes: readonly Scope[];
  /**
   * The sequence from which it is known to have had a role (`ROLE/COUNSEL`), to be in a group (`GROUP/legal`) or to belong to
   * an organisation (`ORGANISATION/acme`): what happened to cases before is not told to it. Not known: never.
   */
  since?: Readonly<Record<string, number>>;
}
