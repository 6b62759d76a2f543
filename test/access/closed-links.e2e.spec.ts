import { randomUUID } from 'node:crypto';
import { Service } from '../e2e/service.js';

const TOLD = `query ($caseId: ID!) { case(id: $caseId) {
  links { nodes { id } } limits { nodes { id } } markings { nodes { id } } retractions { nodes { id recordKind } }
  timeline { nodes { record { __typename ... on Link { id } } } }
  history(first: 100) { nodes { type payload } }
  changes(from: { sequence: 1 }) { record field }
} }`;

describe('a link of a record that is closed', () => {
  it('is not told of by what is recorded of it either: its limits, marks and that it was retracted', async () => {
    const service = await Service.start();
    try {
      const ines = await service.keyFor('ines');
      const bob = await service.keyFor('bob');
      const [caseId, noteId, partyId, linkId, otherLinkId] = Array.from({ length: 5 }, () => randomUUID());
      const named = [{ kind: 'PERSON', id: 'ines' }];
      const done = (command: string, input: object) => service.done(command, { caseId, ...input }, ines);
      await done('openCase', { title: 'Links', kind: 'CASE' });
      await done('addNote', { noteId, text: { text: 'From a source.' } });
      await done('addParty', { partyId, partyKind: 'PERSON', name: 'Somebody' });
      await done('linkRecords', { linkId, fromRecordId: noteId, linkKind: 'CORROBORATES', toRecordId: partyId });
      // A link may be of a link.
      const ofLink = { fromRecordId: linkId, linkKind: 'CORROBORATES', toRecordId: partyId };
      await done('linkRecords', { linkId: otherLinkId, ...ofLink });
      const links = [linkId, otherLinkId];
      for (const recordId of links) {
        await done('limitRecord', { recordId, named });
        await done('liftLimit', { recordId, reason: 'Nothing in it.' });
        await done('markRecord', { recordId, tlp: 'AMBER', reason: 'As the note.' });
      }
      for (const recordId of [...links].reverse()) await done('retractRecord', { recordId, reason: 'Not so.' });
      const told = async (key: string): Promise<string> => {
        const { data, errors } = await service.ask(TOLD, { caseId }, key);
        expect(errors).toBeUndefined();
        return JSON.stringify(data);
      };
      const before = await told(bob);
      for (const id of links) expect(before).toContain(id);
      await done('limitRecord', { recordId: noteId, named });
      const after = await told(bob);
      for (const id of [noteId, ...links]) expect(after).not.toContain(id);
      for (const id of links) expect(await told(ines)).toContain(id);
    } finally {
      await service.stop();
    }
  });
});
