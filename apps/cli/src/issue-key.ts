import { randomUUID } from 'node:crypto';
import { GraphqlClient } from './graphql-client.js';

const ISSUE = `mutation ($input: IssueKeyInput!) { issueKey(input: $input) { key { id } secret } }`;

/** A key that was issued: its public half, and the whole of it. */
export interface IssuedKey {
  id: string;
  key: string;
}

/** Issues a new key to a person, by the key of an administrator of the server at `url`; a refusal says where that is from. */
export async function issueKey(
  url: string,
  adminKey: string,
  principal: string,
  principalRoles: readonly string[],
  label = principal,
  keyFrom?: string,
): Promise<IssuedKey> {
  const admin = new GraphqlClient(url, adminKey, { keyFrom });
  const input = { commandId: randomUUID(), principal, label, actorKind: 'PERSON', principalRoles };
  const { issueKey: issued } = await admin.request<{ issueKey: { key: { id: string }; secret: string } }>(ISSUE, {
    input,
  });
  return { id: issued.key.id, key: issued.secret };
}
