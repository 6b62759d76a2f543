import { type Command } from 'commander';
import { type AsOf, asOf, caseArgument } from '../arguments.js';
import { connect } from '../connect.js';
import { EVENT_FIELDS, PAGE, printEvent, type RecordedEvent } from '../recorded-events.js';
import { colours, indented, print, safeInLine } from '../terminal.js';

interface Answer {
  case: {
    number: string;
    title: string;
    status: string;
    history: { nodes: RecordedEvent[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  } | null;
}

const QUERY = `query History($id: ID, $number: String, $asOf: AsOf, $first: Int!, $after: String) {
  case(id: $id, number: $number, asOf: $asOf) {
    number title status
    history(first: $first, after: $after) { nodes { ${EVENT_FIELDS} } pageInfo { hasNextPage endCursor } }
  }
}`;

/** `caseledger history`: all that was recorded in a case. */
export function history(program: Command): void {
  program
    .command('history')
    .summary('all that was recorded in a case')
    .description('Shows everything that was recorded in a case, first things first, as far as your key may see it.')
    .argument('<case>', 'its id or number (CASE-2026-0001)', caseArgument)
    .option('--as-of <moment>', 'as it stood then: a sequence, the id of an event, or an RFC 3339 time', asOf)
    .option('--json', 'one event per line, as JSON')
    .action(async (which: object, options: { asOf?: AsOf; json?: boolean }) => {
      const client = connect();
      let after: string | null = null;
      do {
        const answer: Answer = await client.request(QUERY, { ...which, asOf: options.asOf, first: PAGE, after });
        const found = answer.case;
        if (!found) throw client.unseen(missing(which, options.asOf));
        if (!options.json && after === null) await print(heading(found, options.asOf));
        for (const event of found.history.nodes) await printEvent(event, options.json ?? false);
        const { hasNextPage, endCursor } = found.history.pageInfo;
        after = hasNextPage ? endCursor : null;
      } while (after !== null);
    });
}

const heading = ({ number, title, status }: NonNullable<Answer['case']>, moment: AsOf | undefined): string =>
  indented(`${colours.bold(number)}  ${safeInLine(title)}  (${status}${moment ? ` as of ${told(moment)}` : ''})`, 0);

const missing = (which: object, moment: AsOf | undefined): string =>
  `There is no case ${Object.values(which).join()}${moment ? ` as of ${told(moment)}` : ''} that your key may see.`;

const told = (moment: AsOf): string => Object.entries(moment).map(([name, value]) => `${name} ${value}`)[0];
