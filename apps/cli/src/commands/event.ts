import { type Command } from 'commander';
import { eventArgument } from '../arguments.js';
import { connect } from '../connect.js';
import { TOLD } from '../event-types.js';
import { type GraphqlClient, GraphqlFailure } from '../graphql-client.js';
import { EVENT_FIELDS, PAGE, type RecordedEvent } from '../recorded-events.js';
import { colours, indented, print, safe, safeInLine } from '../terminal.js';

const QUERY = `query Event($id: ID!) { event(id: $id) { ${EVENT_FIELDS} } }`;
const FROM = `query From($after: String!, $first: Int!) { events(after: $after, first: $first) { nodes { ${EVENT_FIELDS} } } }`;
const LABELS = 16;

/** `caseledger event`: one event whole. */
export function event(program: Command): void {
  program
    .command('event')
    .summary('one event with its envelope and payload')
    .description('Shows one event whole: who recorded it, when, with which command, its hashes and its payload.')
    .argument('<event>', 'its id or its sequence', eventArgument)
    .option('--json', 'as JSON')
    .action(async (which: { id: string } | { sequence: number }, { json }: { json?: boolean }) => {
      const client = connect();
      const found = await ('id' in which ? byId(client, which.id) : bySequence(client, which.sequence));
      if (!found)
        throw client.unseen(
          `There is no event ${Object.values(which).join()} that your key may see: give its id or its sequence, as caseledger events --json shows them.`,
        );
      await print(json ? JSON.stringify(found) : lines(found));
    });
}

async function byId(client: GraphqlClient, id: string): Promise<RecordedEvent | null> {
  return (await client.request<{ event: RecordedEvent | null }>(QUERY, { id })).event;
}

/** The feed is asked, as nothing else takes a sequence. */
async function bySequence(client: GraphqlClient, wanted: number): Promise<RecordedEvent | undefined> {
  if (wanted === 0) return undefined;
  const asked = { after: String(wanted - 1), first: PAGE };
  const { events } = await client
    .request<{ events: { nodes: RecordedEvent[] } }>(FROM, asked)
    .catch((error: unknown) => {
      // The place is ahead of the log.
      if (error instanceof GraphqlFailure && error.code === 'CURSOR_INVALID') return { events: { nodes: [] } };
      throw error;
    });
  // What the feed tells of cases that are shared or revoked stands at the sequence of an event, before it, and is none.
  return events.nodes.findLast(({ sequence, type }) => sequence === wanted && !TOLD.includes(type));
}

function lines({ payload, summary, actor, ...envelope }: RecordedEvent): string {
  const { id, name, kind } = actor;
  const facts = Object.entries({ ...envelope, actor: `${name} (${id}, ${kind})` }).filter(
    ([, value]) => value !== null,
  );
  return [
    indented(colours.bold(safeInLine(summary)), 0),
    ...facts.map(([label, value]) => colours.dim(label.padEnd(LABELS)) + safeInLine(String(value))),
    colours.dim('payload'),
    indented(safe(JSON.stringify(payload, null, 2)), 2),
  ].join('\n');
}
