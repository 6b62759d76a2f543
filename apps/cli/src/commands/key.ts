import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import { Role, Scope } from '#access/principal.js';
import { againOf, keyId } from '../arguments.js';
import { connect } from '../connect.js';
import { print, safeInLine } from '../terminal.js';

const ISSUE = `mutation Issue($input: IssueKeyInput!) { issueKey(input: $input) { key { id principal label } secret } }`;
const REVOKE = `mutation Revoke($input: RevokeKeyInput!) { revokeKey(input: $input) { revision } }`;
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
  scope?: string[];
  organisation?: string;
  onBehalfOf?: string;
  expires?: string;
  json?: boolean;
}

const ROLES = Object.values(Role);
const SCOPES = Object.values(Scope);

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
        againOf(ROLES),
      ),
    )
    .addOption(
      new Option(
        '--scope <scope>',
        `what the key may be used for; may be given again (${SCOPES.join(', ')}; default: all that the roles may)`,
      ).argParser(againOf(SCOPES)),
    )
    .option('--organisation <id>', 'the outside organisation whose people the principal is one of')
    .option('--on-behalf-of <principal>', 'whom a program stands in for')
    .option('--expires <time>', 'from when on it opens nothing (2027-01-31T00:00:00Z)')
    .option('--json', 'as JSON')
    .action(async (principal: string, options: IssueOptions) => {
      const { label = principal, kind, role = [], scope, expires, organisation, onBehalfOf, json } = options;
      const input = {
        ...{ commandId: randomUUID(), principal, label, actorKind: kind, principalRoles: role },
        ...{ scopes: scope, organisation, onBehalfOf, expiresAt: expires },
      };
      const { issueKey } = await connect().request<{ issueKey: Issued }>(ISSUE, { input });
      if (role.length === 0) process.stderr.write('Without --role the key reads and records no case.\n');
      if (!json)
        process.stderr.write(`Key ${issueKey.key.id} of ${safeInLine(`${principal} (${label})`)}, shown this once:\n`);
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
    .argument('<id>', 'the 16 hex characters after clk_', keyId)
    .option('--reason <reason>', 'why')
    .action(async (id: string, { reason }: { reason?: string }) => {
      await connect().request(REVOKE, { input: { commandId: randomUUID(), keyId: id, reason } });
      process.stderr.write(`Key ${id} is revoked.\n`);
    });
}

const line = ({ id, status, principal, label, roles, lastUsedAt }: ManagedKey): string =>
  [
    id,
    status.padEnd(7),
    safeInLine(`${principal} (${label})`),
    roles.join(' '),
    `last used ${lastUsedAt ?? 'never'}`,
  ].join('  ');
