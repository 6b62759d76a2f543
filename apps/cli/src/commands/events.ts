import { type Command } from 'commander';
import { again, sequence } from '../arguments.js';
import { connect } from '../connect.js';
import { EVENT_FIELDS, PAGE, printEvent, type RecordedEvent } from '../recorded-events.js';

interface Answer {
  events: { nodes: RecordedEvent[]; cursor: string; caughtUp: boolean };
}

const QUERY = `query Events($after: String, $types: [String!], $first: Int!) {
  events(after: $after, types: $types, first: $first) { nodes { ${EVENT_FIELDS} } cursor caughtUp }
}`;

/** `caseledger events`: the feed of all events, from any point on. */
export function events(program: Command): void {
  program
    .command('events')
    .summary('all events from a point on, in log order')
    .description('Shows the events that your key may see, in log order.')
    .option('--after <sequence>', 'only those after this one', sequence, 0)
    .option('--type <type>', 'only those of this type; may be given again', again)
    .option('--json', 'one event per line, as JSON')
    .action(async ({ after, type, json }: { after: number; type?: string[]; json?: boolean }) => {
      const client = connect();
      let place = String(after);
      for (let caughtUp = false; !caughtUp;) {
        const answer: Answer = await client.request(QUERY, { after: place, types: type, first: PAGE });
        const page = answer.events;
        for (const event of page.nodes) await printEvent(event, json ?? false, true);
        ({ cursor: place, caughtUp } = page);
      }
    });
}
