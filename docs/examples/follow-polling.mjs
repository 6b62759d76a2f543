// Follows all events by asking again and again: node docs/examples/follow-polling.mjs FILE
// CASELEDGER_URL and CASELEDGER_KEY say where and as whom. Started again, it goes on where it was.
import { setTimeout as pause } from 'node:timers/promises';
import { KeptEvents } from './kept-events.mjs';
import { passes, said } from './what-passes.mjs';

const { CASELEDGER_URL = 'http://127.0.0.1:4000', CASELEDGER_KEY } = process.env;
const kept = new KeptEvents(process.argv[2] ?? 'events.jsonl');

const query = `query ($after: String) {
  events(after: $after, first: 100, waitMs: 25000) {
    nodes { id sequence type stream recordedAt summary payload }
    cursor
  }
}`;

/** The next events, up to a hundred; none if none has come within 25 seconds. */
async function ask() {
  const response = await fetch(`${CASELEDGER_URL}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${CASELEDGER_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { after: kept.cursor } }),
    // Longer than the server waits.
    signal: AbortSignal.timeout(40_000),
  });
  if (response.status === 401) stop('The key is refused.');
  if (response.status === 429 || response.status === 503) throw new Error(`HTTP ${response.status}`);
  const { data, errors } = await response.json();
  if (errors && passes(errors)) throw new Error(errors[0].message);
  if (errors) stop(JSON.stringify(errors));
  return data.events;
}

/** The page's cursor is that behind the last; behind the others one goes on by their sequence. */
function behind({ sequence }, next) {
  // An entry about access stands before the event of its sequence, which is still to come.
  return next && String(next.sequence === sequence ? sequence - 1 : sequence);
}

for (;;) {
  try {
    const { nodes, cursor } = await ask();
    const received = nodes.map((event, n) => ({ event, cursor: behind(event, nodes[n + 1]) ?? cursor }));
    if (received.length > 0) kept.add(...received);
    else kept.cursor = cursor;
  } catch (error) {
    console.error(said(error, CASELEDGER_URL));
    await pause(1_000);
  }
}

function stop(why) {
  console.error(why);
  process.exit(1);
}
