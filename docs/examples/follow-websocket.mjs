// Follows all events over WebSocket: node docs/examples/follow-websocket.mjs FILE
// CASELEDGER_URL and CASELEDGER_KEY say where and as whom. Started again, it goes on where it was.
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { KeptEvents } from './kept-events.mjs';
import { passes } from './what-passes.mjs';

const { CASELEDGER_URL = 'http://127.0.0.1:4000', CASELEDGER_KEY } = process.env;
const kept = new KeptEvents(process.argv[2] ?? 'events.jsonl');

let answered;
const client = createClient({
  url: `${CASELEDGER_URL.replace(/^http/, 'ws')}/graphql`,
  webSocketImpl: WebSocket,
  connectionParams: { authorization: `Bearer ${CASELEDGER_KEY}` },
  // It comes back for ever, a second later, whatever ended the connection; but not with a key that is refused (4401).
  retryAttempts: Infinity,
  shouldRetry: () => true,
  retryWait: () => new Promise((resolve) => setTimeout(resolve, 1_000)),
  // A connection that went silent is given up.
  keepAlive: 10_000,
  on: {
    ping: (received) => {
      if (!received) answered = setTimeout(() => client.terminate(), 5_000);
    },
    pong: () => clearTimeout(answered),
    closed: () => clearTimeout(answered),
  },
});

// The client sends these variables again each time it comes back: so they must always say where to go on.
const variables = { after: kept.cursor };
const query = `subscription ($after: String) {
  events(after: $after) { event { id sequence type stream recordedAt summary payload } cursor caughtUp head }
}`;

function follow() {
  client.subscribe(
    { query, variables },
    {
      next: ({ data, errors }) => {
        if (errors) return stop(errors);
        const { event, cursor } = data.events;
        if (event) kept.add({ event, cursor });
        variables.after = cursor;
      },
      // A close tells its code and reason; everything else is an error, or several, after which no client comes back.
      error: (why) => {
        if (Array.isArray(why) && passes(why)) setTimeout(follow, 1_000);
        else stop(why.code === 4401 ? 'The key is refused.' : why);
      },
      complete: () => stop('The server says that there is no more.'),
    },
  );
}

follow();

function stop(why) {
  console.error(why);
  process.exit(1);
}
