import { randomUUID } from 'node:crypto';
import { GraphqlClient } from '../graphql-client.js';
import { issueKey } from '../issue-key.js';

/** Who records and asks in the scenarios; the outsider sees cases that are not restricted, and is a member of none. */
export const PRINCIPALS = ['investigator', 'counsel', 'reviewer', 'auditor', 'outsider'] as const;
export type PrincipalName = (typeof PRINCIPALS)[number];

const ROLES: Record<PrincipalName, string> = {
  investigator: 'INVESTIGATOR',
  counsel: 'COUNSEL',
  reviewer: 'REVIEWER',
  auditor: 'AUDITOR',
  outsider: 'INVESTIGATOR',
};

/** The id of a principal: the same in every run. */
export const principalOf = (name: PrincipalName): string => `example-${name}`;

/** Somebody as a member of a case, beside whoever opens it. */
export const member = (name: PrincipalName, ...rights: string[]) => ({
  grantee: { kind: 'PERSON', id: principalOf(name) },
  rights: ['READ', ...rights],
});

/** One key of each principal. */
export interface Keys {
  keys: Record<PrincipalName, string>;
  revoke: () => Promise<void>;
}

const REVOKE = `mutation ($input: RevokeKeyInput!) { revokeKey(input: $input) { events { id } } }`;

/**
 * Issues a new key to each principal. The principals are the same in every run: a command sent again by another key
 * of its principal is recognised, while the secret of an earlier run's key cannot be had again.
 * @param keyFrom where the administrator's key is from, for what the server refuses it
 */
export async function issueKeys(url: string, adminKey: string, keyFrom?: string): Promise<Keys> {
  const admin = new GraphqlClient(url, adminKey, { keyFrom });
  const issued: { name: PrincipalName; id: string; key: string }[] = [];
  for (const name of PRINCIPALS) {
    const label = `${name[0].toUpperCase()}${name.slice(1)} (example)`;
    issued.push({ name, ...(await issueKey(url, adminKey, principalOf(name), [ROLES[name]], label, keyFrom)) });
  }
  return {
    keys: Object.fromEntries(issued.map(({ name, key }) => [name, key])) as Record<PrincipalName, string>,
    revoke: async () => {
      for (const { id } of issued)
        await admin.request(REVOKE, {
          input: { commandId: randomUUID(), keyId: id, reason: 'The run that it was issued for is over.' },
        });
    },
  };
}
