import { type Command } from 'commander';
import { sequence } from '../arguments.js';
import { connect, server } from '../connect.js';
import { eventTypes } from '../event-types.js';
import { followEvents } from '../event-stream.js';
import { EVENT_FIELDS, PAGE, printEvent, type RecordedEvent } from '../recorded-events.js';

interface Answer {
  events: { nodes: RecordedEvent[]; cursor: string; caughtUp: boolean };
}

interface Options {
  after: number;
  type?: string[];
  follow?: boolean;
  json?: boolean;
}

const QUERY = `query Events($after: String, $types: [String!], $first: Int!) {
  events(after: $after, types: $types, first: $first) { nodes { ${EVENT_FIELDS} } cursor caughtUp }
}`;

/** Reads nothing, but is told at the feed's end how far the read models are. */
const HEAD = 'query ($after: String!) { events(after: $after, first: 1) { head } }';

/** `caseledger events`: the feed of all events, from any point on. */
export function events(program: Command): void {
  program
    .command('events')
    .summary('all events from a point on, in log order')
    .description('Shows the events that your key may see, in log order.')
    .option('--after <sequence>', 'only those after this one', sequence, 0)
    .option('--type <type>', 'only those of this type, or these (NoteAdded,CaseClosed); may be given again', eventTypes)
    .option('--follow', 'go on with those to come, until interrupted; a lost connection is taken up again')
    .option('--json', 'one event per line, as JSON')
    .action(async (options: Options) => {
      const { json = false, follow = false } = options;
      for await (const event of follow ? followed(options) : recorded(options)) await printEvent(event, json, true);
    });
}

async function* recorded({ after, type }: Options): AsyncGenerator<RecordedEvent> {
  const client = connect();
  let place = String(after);
  for (let caughtUp = false; !caughtUp;) {
    const answer: Answer = await client.request(QUERY, { after: place, types: type, first: PAGE });
    yield* answer.events.nodes;
    ({ cursor: place, caughtUp } = answer.events);
  }
}

/** Until SIGINT or SIGTERM, after the event that is just being printed; a second one ends the process at once. */
async function* followed({ after, type = [] }: Options): AsyncGenerator<RecordedEvent> {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  const client = connect();
  yield* followEvents({
    ...server(),
    ...{ after: String(after), types: type, signal: ending.signal },
    lost: (why) => process.stderr.write(`${why} Going on as soon as it answers again.\n`),
    // The feed goes on, or not, by itself.
    rests: (place) => void client.request(HEAD, { after: place }).catch(() => undefined),
  });
}
