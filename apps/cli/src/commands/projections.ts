import { type Command } from 'commander';
import { connect } from '../connect.js';
import { colours, indented, print, safe } from '../terminal.js';

interface Projection {
  store: string;
  version: number;
  serving: boolean;
  state: string;
  sequence: number;
  lagEvents: number;
  lagSeconds: number;
  behindSince: string | null;
  failure: { eventId: string | null; sequence: number | null; code: string | null; message: string } | null;
  build: { events: number; of: number; secondsLeft: number | null } | null;
}

const FIELDS = `store version serving state sequence lagEvents lagSeconds behindSince
  failure { eventId sequence code message } build { events of secondsLeft }`;

const ACTIONS = {
  retry: 'go on from where a failure stopped them',
  pause: 'let them stand still; what is recorded meanwhile is durable',
  resume: 'go on after a pause',
  switch: "serve this software's own store, after a rollback or before it has caught up",
  rollback: 'serve the store that was served before, as it stood when it was left, until "switch"',
};

/** `caseledger projections`: the read stores, and what can be done about them; for administrators. */
export function projections(program: Command): void {
  const command = program
    .command('projections')
    .summary('the state of the read models, and steering them')
    .description('Shows the read stores: state, sequence, lag in events and seconds. For administrators.')
    .option('--json', 'one store per line, as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const answer = await connect().request<{ projections: Projection[] }>(`{ projections { ${FIELDS} } }`);
      await show(answer.projections, json);
    });
  for (const [name, description] of Object.entries(ACTIONS)) {
    command
      .command(name)
      .description(`To ${description}.`)
      .action(async (_: object, self: Command) => {
        const mutation = `${name}Projection`;
        const answer = await connect().request<Record<string, Projection[]>>(`mutation { ${mutation} { ${FIELDS} } }`);
        await show(answer[mutation], self.optsWithGlobals<{ json?: boolean }>().json);
      });
  }
}

async function show(stores: readonly Projection[], json: boolean | undefined): Promise<void> {
  for (const store of stores) await print(json ? JSON.stringify(store) : told(store));
}

function told(projection: Projection): string {
  const { store, version, serving, state, sequence, lagEvents, lagSeconds, behindSince, failure, build } = projection;
  const lag = lagEvents === 0 ? 'nothing behind' : `${count(lagEvents)} events, ${lagSeconds.toFixed(1)} s behind`;
  const facts = [`version ${version}`, state.toLowerCase(), `sequence ${count(sequence)}`, lag];
  const lines = [`${colours.bold(store)}  ${serving ? 'served, ' : ''}${facts.join(', ')}`];
  if (build && build.of > 0) {
    const left = build.secondsLeft === null ? '' : `, about ${build.secondsLeft} s left`;
    lines.push(`  ${count(build.events)} of ${count(build.of)} events${left}`);
  }
  if (behindSince) lines.push(`  not live since ${behindSince}`);
  if (failure) lines.push(indented(safe(failure.message), 2));
  return lines.join('\n');
}

const count = (value: number): string => value.toLocaleString('en');
