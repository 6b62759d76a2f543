import { type Command } from 'commander';
import { connect } from '../connect.js';
import { Refused } from '../exit.js';
import { EVENT_FIELDS, type RecordedEvent } from '../recorded-events.js';
import { colours, indented, print, safe } from '../terminal.js';

const QUERY = `query Event($id: ID!) { event(id: $id) { ${EVENT_FIELDS} } }`;
const LABELS = 16;

/** `caseledger event`: one event whole. */
export function event(program: Command): void {
  program
    .command('event')
    .summary('one event with its envelope and payload')
    .description('Shows one event whole: who recorded it, when, with which command, its hashes and its payload.')
    .argument('<id>', 'the id of the event')
    .option('--json', 'as JSON')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const { event: found } = await connect().request<{ event: RecordedEvent | null }>(QUERY, { id });
      if (!found) throw new Refused(`There is no event ${id} that your key may see.`);
      await print(json ? JSON.stringify(found) : lines(found));
    });
}

function lines({ payload, summary, actor, ...envelope }: RecordedEvent): string {
  const { id, name, kind } = actor;
  const facts = Object.entries({ ...envelope, actor: `${name} (${id}, ${kind})` }).filter(
    ([, value]) => value !== null,
  );
  return [
    indented(colours.bold(safe(summary)), 0),
    ...facts.map(([label, value]) => colours.dim(label.padEnd(LABELS)) + safe(String(value))),
    colours.dim('payload'),
    indented(safe(JSON.stringify(payload, null, 2)), 2),
  ].join('\n');
}
