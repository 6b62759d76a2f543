import { type Command } from 'commander';
import { correlationArgument } from '../arguments.js';
import { connect } from '../connect.js';
import { EVENT_FIELDS, PAGE, printEvent, type RecordedEvent } from '../recorded-events.js';

interface Answer {
  trace: { nodes: RecordedEvent[]; cursor: string; caughtUp: boolean };
}

const QUERY = `query Trace($correlationId: String!, $after: String, $first: Int!) {
  trace(correlationId: $correlationId, after: $after, first: $first) { nodes { ${EVENT_FIELDS} } cursor caughtUp }
}`;

/** `caseledger trace`: everything that belongs to one undertaking. */
export function trace(program: Command): void {
  program
    .command('trace')
    .summary('all events of one correlation id, over all cases')
    .description('Shows the events of one correlation id that your key may see, in log order.')
    .argument(
      '<correlation>',
      'the correlation id; where none was given it is the id of the command',
      correlationArgument,
    )
    .option('--json', 'one event per line, as JSON')
    .action(async (correlationId: string, { json = false }: { json?: boolean }) => {
      const client = connect();
      let after: string | null = null;
      let found = 0;
      for (let caughtUp = false; !caughtUp;) {
        const answer: Answer = await client.request(QUERY, { correlationId, after, first: PAGE });
        for (const event of answer.trace.nodes) await printEvent(event, json, true);
        found += answer.trace.nodes.length;
        ({ cursor: after, caughtUp } = answer.trace);
      }
      if (found === 0)
        throw client.unseen(`There is no event of the correlation ${correlationId} that your key may see.`);
    });
}
