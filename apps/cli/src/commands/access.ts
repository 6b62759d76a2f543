import { type Command } from 'commander';
import { type AsOf, asOf, caseArgument, recordId } from '../arguments.js';
import { connect } from '../connect.js';
import { type GraphqlClient } from '../graphql-client.js';
import { PAGE } from '../recorded-events.js';
import { colours, indented, print, safe, safeInLine } from '../terminal.js';

interface Way {
  certainty: string;
  rules: string[];
  rights: string[];
  roles: string[];
  groups: string[];
  organisation: string | null;
  sharedFrom: string | null;
  onBehalfOf: string | null;
  grounds: { kind: string; of: string | null; event: { id: string; type: string; recordedAt: string } }[];
}

interface Line {
  id: string;
  name: string | null;
  rights: string[];
  certainty: string;
  lastSeenAt: string | null;
  ways: Way[];
}

interface Answer {
  whoCouldSee: {
    nodes: Line[];
    restricted: boolean;
    policy: { version: number; digest: string } | null;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

const QUERY = `query WhoCouldSee($caseId: ID!, $recordId: ID, $at: AsOf, $first: Int!, $after: String) {
  whoCouldSee(caseId: $caseId, recordId: $recordId, at: $at, first: $first, after: $after) {
    nodes { id name rights certainty lastSeenAt ways {
      certainty rules rights roles groups organisation sharedFrom onBehalfOf grounds { kind of event { id type recordedAt } } } }
    restricted policy { version digest } pageInfo { hasNextPage endCursor }
  }
}`;

/** `caseledger access`: who could see a case, or a record of it. */
export function access(program: Command): void {
  program
    .command('access')
    .summary('who could see a case at a moment')
    .description(
      'Shows who could see a case, or a record of it, and what shows that: for its auditors and those who manage its members.',
    )
    .argument('<case>', 'its id or number (CASE-2026-0001)', caseArgument)
    .option('--record <id>', 'a record of the case, by its id', recordId)
    .option('--at <moment>', 'at that moment: a sequence, the id of an event, or an RFC 3339 time (default: now)', asOf)
    .option('--json', 'one line of JSON for each who could see')
    .action(
      async (which: { id?: string; number?: string }, options: { record?: string; at?: AsOf; json?: boolean }) => {
        const client = connect();
        const asked = {
          caseId: which.id ?? (await idOf(client, which.number!)),
          recordId: options.record,
          at: options.at,
        };
        let after: string | null = null;
        do {
          const answer: Answer = await client.request(QUERY, { ...asked, first: PAGE, after });
          const { nodes, pageInfo } = answer.whoCouldSee;
          if (!options.json && after === null) await print(heading(answer.whoCouldSee));
          for (const line of nodes) await print(options.json ? JSON.stringify(line) : told(line));
          after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
        } while (after !== null);
      },
    );
}

async function idOf(client: GraphqlClient, number: string): Promise<string> {
  const query = 'query ($number: String!) { case(number: $number) { id } }';
  const { case: found } = await client.request<{ case: { id: string } | null }>(query, { number });
  if (!found) throw client.unseen(`There is no case ${number} that your key may see.`);
  return found.id;
}

function heading({ restricted, policy }: Answer['whoCouldSee']): string {
  const by = policy ? `access policy ${policy.version} (${policy.digest.slice(0, 12)})` : 'no access policy recorded';
  return `${restricted ? 'restricted' : 'not restricted'}, ${by}`;
}

const MARGIN = 4;

function told({ id, name, certainty, lastSeenAt, rights, ways }: Line): string {
  const seen = lastSeenAt ? ` at ${lastSeenAt}` : '';
  const lines = [
    `${colours.bold(safeInLine(id))}${name ? `  ${safeInLine(name)}` : ''}  ${colours.cyan(certainty)}${seen}`,
  ];
  lines.push(indented(rights.join(', '), MARGIN));
  for (const { rules, grounds } of ways) {
    if (rules.length > 0) lines.push(indented(safe(rules.join('; ')), MARGIN));
    for (const { kind, of, event } of grounds) {
      lines.push(
        indented(colours.dim(safeInLine(`${kind} ${of ?? ''} ${event.type} ${event.recordedAt}`)), 2 * MARGIN),
      );
    }
  }
  return lines.join('\n');
}
