import { randomUUID } from 'node:crypto';
import { TwoReaders } from './two-readers.js';

const NIL = '00000000-0000-0000-0000-000000000000';

const TIMELINE = `query ($caseId: ID!) { case(id: $caseId) {
  timeline(kinds: ["statement"]) { nodes { recordId after } } statements { nodes { id inResponseTo } }
} }`;

describe('a statement that answers one that may not be seen', () => {
  it('comes after nothing on the timeline, as lists leave out what is hidden', async () => {
    const [partyId, question, answer] = Array.from({ length: 3 }, () => randomUUID());
    const readers = await TwoReaders.start([partyId]);
    try {
      const said = { text: { text: 'It was not us.' }, source: { assertedBy: partyId } };
      await readers.record('recordStatement', { ...said, statementId: question });
      await readers.record('recordStatement', { ...said, statementId: answer, inResponseTo: question });
      await readers.hide(question);
      const asked = async (key: string) => (await readers.asked(TIMELINE, { caseId: readers.caseId }, key)).case;
      expect((await asked(readers.ines)).timeline.nodes).toContainEqual({ recordId: answer, after: [question] });
      expect(await asked(readers.bob)).toEqual({
        timeline: { nodes: [{ recordId: answer, after: [] }] },
        statements: { nodes: [{ id: answer, inResponseTo: NIL }] },
      });
    } finally {
      await readers.service.stop();
    }
  });
});
