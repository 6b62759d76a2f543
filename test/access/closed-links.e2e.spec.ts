import { randomUUID } from 'node:crypto';
import { WITHHELD } from '#read-models/withhold.js';
import { codeOf } from '../e2e/code-of.js';
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

  it('is named neither to whoever asks who read what, nor to whoever asks who could see it once', async () => {
    const service = await Service.start();
    try {
      const ines = await service.keyFor('ines');
      const rex = await service.keyFor('rex', ['AUDITOR']);
      const [caseId, noteId, onceId, partyId, linkId, otherLinkId] = Array.from({ length: 6 }, () => randomUUID());
      const done = (command: string, input: object) => service.done(command, { caseId, ...input }, ines);
      await done('openCase', { title: 'Links', kind: 'CASE' });
      await done('addMember', { grantee: { kind: 'PERSON', id: 'rex' }, rights: ['READ'] });
      for (const id of [noteId, onceId]) await done('addNote', { noteId: id, text: { text: 'From a source.' } });
      await done('addParty', { partyId, partyKind: 'PERSON', name: 'Somebody' });
      const ends = { linkKind: 'CORROBORATES', toRecordId: partyId };
      await done('linkRecords', { linkId, fromRecordId: onceId, ...ends });
      await done('linkRecords', { linkId: otherLinkId, fromRecordId: linkId, ...ends });
      const before = await service.logHead();
      await done('correctLink', { linkId, fromRecordId: noteId, ...ends, reason: 'Of the other note.' });
      await done('limitRecord', { recordId: noteId, named: [{ kind: 'PERSON', id: 'ines' }] });
      await service.ask(TOLD, { caseId }, ines);
      const reads = async (key: string): Promise<string[]> => {
        const query = 'query ($caseId: ID!) { accessReads(caseId: $caseId, first: 100) { nodes { recordId } } }';
        const { data, errors } = await service.ask(query, { caseId }, key);
        expect(errors).toBeUndefined();
        return data.accessReads.nodes.map(({ recordId }: { recordId: string }) => recordId);
      };
      expect(await reads(ines)).toEqual(expect.arrayContaining([noteId, linkId, otherLinkId]));
      expect(new Set(await reads(rex))).toEqual(new Set([WITHHELD]));
      const lookUp = `query ($caseId: ID!, $recordId: ID!, $at: AsOf) {
        whoCouldSee(caseId: $caseId, recordId: $recordId, at: $at) { nodes { id } } }`;
      for (const recordId of [linkId, otherLinkId]) {
        for (const at of [null, { sequence: before }]) {
          const answer = (key: string) => service.ask(lookUp, { caseId, recordId, at }, key);
          expect(codeOf(await answer(rex))).toBe('NOT_FOUND');
          expect(codeOf(await answer(ines))).toBeUndefined();
        }
      }
    } finally {
      await service.stop();
    }
  });
});
