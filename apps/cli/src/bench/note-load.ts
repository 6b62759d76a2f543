import { randomUUID } from 'node:crypto';
import { graphqlBody, type Load } from './load/load.js';
import { type MeasuredServer } from './measured-server.js';
import { NOTE_TEXT } from './sample-events.js';

export const CALLERS = 64;

const ANSWER = 'events { id type sequence } revision sequence readModel';

/** A mutation that adds a note and does not ask for the case. */
export const PLAIN = noteBody(ANSWER);

/** The same, reading the case back. */
export const WITH_CASE = noteBody(`${ANSWER} case { id number title status revision }`);

function noteBody(selection: string): string {
  const query = `mutation AddNote($input: AddNoteInput!) { addNote(input: $input) { ${selection} } }`;
  const text = { text: NOTE_TEXT, language: 'en' };
  return graphqlBody(query, { input: { commandId: '%ID%', caseId: '%CASE%', text } });
}

const OPEN = `mutation ($input: OpenCaseInput!) { openCase(input: $input) { events { id } case { id } } }`;

/** Opens so many cases; resolves with their ids. */
export async function openCases(server: MeasuredServer, count: number): Promise<string[]> {
  const { client } = server;
  return Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const caseId = randomUUID();
      const input = { commandId: randomUUID(), caseId, title: `Example ${n}`, kind: 'SUSPICIOUS_ACTIVITY' };
      await client.request(OPEN, { input });
      return caseId;
    }),
  );
}

/** Notes by 64 callers on these cases. */
export const noteLoad = (server: MeasuredServer, seconds: number, cases: readonly string[], body = PLAIN): Load => ({
  url: server.url,
  key: server.key,
  callers: CALLERS,
  seconds,
  body,
  cases,
  // Answered by what was recorded; with the case selected, only once the read models show it.
  expected: body === PLAIN ? '"events":[{' : '"readModel":"CURRENT"',
});
