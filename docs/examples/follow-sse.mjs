// Follows all events as server-sent events: node docs/examples/follow-sse.mjs FILE
// CASELEDGER_URL and CASELEDGER_KEY say where and as whom. Started again, it goes on where it was.
import { setTimeout as pause } from 'node:timers/promises';
import { KeptEvents } from './kept-events.mjs';
import { said } from './what-passes.mjs';

const { CASELEDGER_URL = 'http://127.0.0.1:4000', CASELEDGER_KEY } = process.env;
const kept = new KeptEvents(process.argv[2] ?? 'events.jsonl');

/** Follows until the connection ends, whoever ends it. */
async function follow() {
  const response = await fetch(`${CASELEDGER_URL}/events`, {
    headers: { authorization: `Bearer ${CASELEDGER_KEY}`, 'last-event-id': kept.cursor },
  });
  if (response.status === 401) {
    console.error('The key is refused.');
    process.exit(1);
  }
  if (response.status >= 400) {
    const why = `HTTP ${response.status} ${await response.text()}`;
    // Too much was asked for in this second (429), or the server cannot answer now: that passes.
    if (response.status === 429 || response.status >= 500) throw new Error(why);
    console.error(why);
    process.exit(1);
  }
  let rest = '';
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    // An event ends with an empty line; what stands behind the last one has not come whole yet.
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) take(block);
  }
}

/** One event of the stream: its lines say `id: …` and `data: …`. */
function take(block) {
  const [, data] = /^data: (.*)$/m.exec(block) ?? [];
  if (data === undefined || /^event: end$/m.test(block)) return;
  const { event, cursor } = JSON.parse(data);
  if (event) kept.add({ event, cursor });
  else kept.cursor = cursor;
}

for (;;) {
  await follow().catch((error) => console.error(said(error, CASELEDGER_URL)));
  await pause(1_000);
}
