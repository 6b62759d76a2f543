import { randomUUID } from 'node:crypto';
import { type Benchmark } from './benchmark.js';
import { graphqlBody, type Load } from './load/load.js';
import { inTurns, resultOf, type Side } from './rounds.js';

const CASES = 20;
const NOTES = 3;
const CALLERS = 16;

const OPEN = 'mutation ($input: OpenCaseInput!) { openCase(input: $input) { revision } }';
const ADD = 'mutation ($input: AddNoteInput!) { addNote(input: $input) { revision } }';
const LIMIT = 'mutation ($input: LimitRecordInput!) { limitRecord(input: $input) { revision case { id } } }';
const RECORDED = 'query ($caseId: ID!) { page: accessReads(caseId: $caseId, first: 1) { nodes { times } } }';
const QUERY = `{ cases(first: ${CASES}) { nodes { id number title status revision notes(first: ${NOTES}) { nodes { id text { text } } } } } }`;

/** A list of restricted cases with limited records in them, each of which is recorded, against the same with nothing recorded. */
export const readsRecorded: Benchmark = {
  name: 'reads.recorded',
  run: async ({ preset, folder, servers }) => {
    const server = await servers.modules(await folder('reads'));
    const { client, url, key } = server;
    const named = [{ kind: 'PERSON', id: 'measurer' }];
    const caseIds = Array.from({ length: CASES }, () => randomUUID());
    for (const [n, caseId] of caseIds.entries()) {
      const input = { caseId, title: `Case ${n}`, kind: 'CASE', restricted: true };
      await client.request(OPEN, { input: { commandId: randomUUID(), ...input } });
      for (let m = 0; m < NOTES; m++) {
        const noteId = randomUUID();
        await client.request(ADD, { input: { commandId: randomUUID(), caseId, noteId, text: { text: `Note ${m}` } } });
        const limit = { commandId: randomUUID(), caseId, recordId: noteId, named };
        await client.request(LIMIT, { input: limit });
      }
    }
    /** How often the first case's own reads were recorded so far. */
    const recorded = async (): Promise<number> => {
      const { page } = await client.request<{ page: { nodes: { times: number }[] } }>(RECORDED, { caseId: caseIds[0] });
      return page.nodes[0]?.times ?? 0;
    };
    const ask = async (recording: boolean, seconds: number): Promise<Side> => {
      server.tell({ recording });
      const load: Load = { url, key, callers: CALLERS, seconds, body: graphqlBody(QUERY), expected: '"nodes":[{"id"' };
      const { rate, p50, p99 } = await servers.load.runWell(load);
      return { value: rate, p50, p99 };
    };
    await ask(true, preset.seconds * 2);
    if ((await recorded()) === 0) throw new Error('Nothing was recorded of what was read.');
    const sides = await inTurns(
      () => ask(true, preset.seconds),
      () => ask(false, preset.seconds),
    );
    const about = {
      name: 'reads.recorded',
      unit: 'requests/s',
      target: '>= 0.95 of the same with nothing recorded',
      note: `${CALLERS} callers; each answer reads ${CASES} restricted cases and ${CASES * NOTES} limited records`,
    };
    return resultOf(about, sides, ({ ratio }) => ratio! >= 0.95);
  },
};
