import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import { again } from '../arguments.js';
import { connect } from '../connect.js';
import { print, safe } from '../terminal.js';

const ISSUE = `mutation Issue($input: IssueKeyInput!) { issueKey(input: $input) { key { id principal label } secret } }`;
const REVOKE = `mutation Revoke($input: RevokeKeyInput!) { revokeKey(input: $input) { revision } }`;
const ROLES = ['INVESTIGATOR', 'COUNSEL', 'REVIEWER', 'AUDITOR', 'ADMINISTRATOR', 'INTEGRATION'];

const LIST = `{ keys { id principal label actorKind roles scopes organisation onBehalfOf status expiresAt lastUsedAt } }`;

interface ManagedKey {
  id: string;
  principal: string;
  label: string;
  roles: string[];
  status: string;
  lastUsedAt: string | null;
}

interface Issued {
  key: { id: string; principal: string; label: string };
  secret: string;
}

interface IssueOptions {
  label?: string;
  kind: string;
  role?: string[];
  json?: boolean;
}

/** `caseledger key`: issues, lists and revokes keys; for administrators. */
export function key(program: Command): void {
  const keys = program.command('key').summary('issue, list and revoke keys').description('Keys; for administrators.');
  keys
    .command('issue')
    .description('Issues a key. Its secret is printed this once, alone on standard output.')
    .argument('<principal>', 'whom it belongs to: two keys of one principal are one actor')
    .option('--label <name>', 'the name shown for what is recorded with it (default: the principal)')
    .addOption(new Option('--kind <kind>', 'who holds it').choices(['PERSON', 'SERVICE']).default('PERSON'))
    .addOption(
      new Option('--role <role>', `what the principal may do; may be given again (${ROLES.join(', ')})`).argParser(
        again,
      ),
    )
    .option('--json', 'as JSON')
    .action(async (principal: string, { label = principal, kind, role = [], json }: IssueOptions) => {
      const input = { commandId: randomUUID(), principal, label, actorKind: kind, principalRoles: role };
      const { issueKey } = await connect().request<{ issueKey: Issued }>(ISSUE, { input });
      if (!json) process.stderr.write(`Key ${issueKey.key.id} of ${principal} (${label}), shown this once:\n`);
      await print(json ? JSON.stringify({ ...issueKey.key, secret: issueKey.secret }) : issueKey.secret);
    });
  keys
    .command('list')
    .description('Lists every key that was ever issued, without its secret.')
    .option('--json', 'one key per line, as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { keys: issued } = await connect().request<{ keys: ManagedKey[] }>(LIST);
      for (const one of issued) await print(json ? JSON.stringify(one) : line(one));
    });
  keys
    .command('revoke')
    .description('Revokes a key: the next request with it is answered 401.')
    .argument('<id>', 'the 16 hex characters after clk_')
    .option('--reason <reason>', 'why')
    .action(async (keyId: string, { reason }: { reason?: string }) => {
      await connect().request(REVOKE, { input: { commandId: randomUUID(), keyId, reason } });
      process.stderr.write(`Key ${keyId} is revoked.\n`);
    });
}

const line = ({ id, status, principal, label, roles, lastUsedAt }: ManagedKey): string =>
  [id, status.padEnd(7), safe(`${principal} (${label})`), roles.join(' '), `last used ${lastUsedAt ?? 'never'}`].join(
    '  ',
  );
