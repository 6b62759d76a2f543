import { randomUUID } from 'node:crypto';
import { GraphqlClient } from '../graphql-client.js';

/** Who records and asks in the scenarios. */
export const PRINCIPALS = ['investigator', 'counsel', 'reviewer', 'auditor'] as const;
export type PrincipalName = (typeof PRINCIPALS)[number];

/** One key of each principal. */
export interface Keys {
  keys: Record<PrincipalName, string>;
  revoke: () => Promise<void>;
}

const ISSUE = `mutation ($input: IssueKeyInput!) { issueKey(input: $input) { key { id } secret } }`;
const REVOKE = `mutation ($input: RevokeKeyInput!) { revokeKey(input: $input) { events { id } } }`;

/**
 * Issues a new key to each principal. The principals are the same in every run: a command sent again by another key
 * of its principal is recognised, while the secret of an earlier run's key cannot be had again.
 */
export async function issueKeys(url: string, adminKey: string): Promise<Keys> {
  const admin = new GraphqlClient(url, adminKey);
  const issued: { name: PrincipalName; id: string; key: string }[] = [];
  for (const name of PRINCIPALS) {
    const { issueKey } = await admin.request<{ issueKey: { key: { id: string }; secret: string } }>(ISSUE, {
      input: {
        commandId: randomUUID(),
        principal: `example-${name}`,
        label: `${name[0].toUpperCase()}${name.slice(1)} (example)`,
        actorKind: 'PERSON',
        principalRoles: [name.toUpperCase()],
      },
    });
    issued.push({ name, id: issueKey.key.id, key: issueKey.secret });
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
