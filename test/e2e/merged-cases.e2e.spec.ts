import { randomUUID } from 'node:crypto';
import { CasesOfInes } from './cases-of-ines.js';
import { codeOf } from './code-of.js';
import { type Service } from './service.js';

describe('cases that are merged', () => {
  let cases: CasesOfInes;
  let service: Service;
  let ines: string;
  let rosa: string;
  beforeAll(async () => {
    cases = await CasesOfInes.start();
    ({ service, ines, rosa } = cases);
  });
  afterAll(() => cases.stop());

  describe('merged', () => {
    const VIEW = `title mergedInto { title } mergedCases { title }
      notes(first: 100) { nodes { text { text } mergedFrom } } history(first: 100) { nodes { type } }`;
    const texts = (view: any): string[] => view.notes.nodes.map(({ text }: any) => text.text);
    const note = (caseId: string, text: string, noteId = randomUUID()) =>
      cases.done('addNote', { caseId, noteId, text: { text } });

    it('are shown as one, as of each moment as they were then; nothing is moved, and they part again', async () => {
      const [one, two] = [await cases.opened('First'), await cases.opened('Second')];
      await note(one, 'a');
      await note(two, 'b');
      const apart = cases.head;
      await cases.done('mergeCase', { caseId: two, intoCaseId: one, reason: 'The same.' });
      await note(one, 'c');
      expect(codeOf(await service.command('addNote', { caseId: two, text: { text: 'no' } }, ines))).toBe('CASE_MERGED');
      const merged = await cases.read(one, VIEW);
      expect(texts(merged)).toEqual(['c', 'b', 'a']);
      expect(merged.notes.nodes.map(({ mergedFrom }: any) => mergedFrom)).toEqual([null, two, null]);
      expect(merged).toMatchObject({ mergedInto: null, mergedCases: [{ title: 'Second' }] });
      expect(merged.history.nodes.map(({ type }: any) => type)).toEqual([
        ...['CaseOpened', 'CaseOpened', 'NoteAdded', 'NoteAdded', 'CaseMergedInto', 'NoteAdded'],
      ]);
      const other = await cases.read(two, VIEW);
      expect(other).toMatchObject({ mergedInto: { title: 'First' }, mergedCases: [] });
      expect(texts(other)).toEqual(['b']);
      expect(texts(await cases.read(one, VIEW, ines, { sequence: apart }))).toEqual(['a']);

      const together = cases.head;
      await cases.done('unmergeCase', { caseId: two, reason: 'Not the same.' });
      expect([texts(await cases.read(one, VIEW)), texts(await cases.read(two, VIEW))]).toEqual([['c', 'a'], ['b']]);
      expect(texts(await cases.read(one, VIEW, ines, { sequence: together }))).toEqual(['c', 'b', 'a']);
      await note(two, 'd');
      expect(texts(await cases.read(two, VIEW))).toEqual(['d', 'b']);
    });

    it('keep each record under the access filter of its own case', async () => {
      const [one, secret, open] = [
        await cases.opened('Wide'),
        await cases.opened('Narrow', { restricted: true }),
        await cases.opened('Limited'),
      ];
      const limited = randomUUID();
      await note(secret, 'secret');
      await note(open, 'limited', limited);
      await note(open, 'open');
      const named = [{ kind: 'PERSON', id: 'ines' }];
      await cases.done('limitRecord', { caseId: open, recordId: limited, named });
      for (const caseId of [secret, open]) await cases.done('mergeCase', { caseId, intoCaseId: one });
      expect(texts(await cases.read(one, VIEW)).sort()).toEqual(['limited', 'open', 'secret']);
      const seen = await cases.read(one, VIEW, rosa);
      expect(texts(seen)).toEqual(['open']);
      expect(seen.mergedCases).toEqual([{ title: 'Limited' }]);
      expect(JSON.stringify(seen)).not.toContain('Narrow');
    });

    it('show of each record whether it was known to the party, which is one of its own case', async () => {
      const [one, two] = [await cases.opened('Ours'), await cases.opened('Theirs')];
      const [a, b, partyId] = [randomUUID(), randomUUID(), randomUUID()];
      await cases.done('addParty', { caseId: one, partyId, name: 'Halden', partyKind: 'ORGANISATION' });
      await note(one, 'a', a);
      await note(two, 'b', b);
      const knowledge = { knownTo: partyId, about: [a], learnedAt: '2025-03-03', source: { assertedBy: partyId } };
      await cases.done('recordKnowledge', { caseId: one, ...knowledge });
      await cases.done('mergeCase', { caseId: two, intoCaseId: one });
      const seen = async (known: object): Promise<string[]> => {
        const query = `query ($id: ID!, $known: KnownAsOf) { case(id: $id, knownAsOf: $known) {
          notes { nodes { text { text } known } } } }`;
        const { data, errors } = await service.ask(query, { id: one, known }, ines);
        expect(errors).toBeUndefined();
        return data.case.notes.nodes.map(({ text, known }: any) => `${text.text} ${known}`);
      };
      expect(await seen({ party: partyId, time: '2025-03-01T00:00:00Z' })).toEqual([]);
      expect(await seen({ party: partyId, time: '2025-03-05T00:00:00Z' })).toEqual(['a CERTAINLY']);
      // We know what we have recorded, in whichever case.
      expect(await seen({ time: '2025-03-05T00:00:00Z' })).toEqual([]);
      expect(await seen({ time: new Date().toISOString() })).toEqual(['b CERTAINLY', 'a CERTAINLY']);
    });

    it('are paged as one list, and as one history', async () => {
      const parts = [await cases.opened('P1'), await cases.opened('P2'), await cases.opened('P3')];
      for (let n = 0; n < 9; n++) await note(parts[n % 3], `n${n}`);
      for (const caseId of parts.slice(1)) await cases.done('mergeCase', { caseId, intoCaseId: parts[0] });
      const pages = async (list: string, node: string): Promise<any[]> => {
        const nodes: any[] = [];
        for (let after: string | null = null; ;) {
          const args = `first: 2${after ? `, after: "${after}"` : ''}`;
          const page: any = (
            await cases.read(parts[0], `${list}(${args}) { nodes { ${node} } pageInfo { hasNextPage endCursor } }`)
          )[list];
          nodes.push(...page.nodes);
          if (!page.pageInfo.hasNextPage) return nodes;
          after = page.pageInfo.endCursor;
        }
      };
      const notes = await pages('notes', 'text { text }');
      expect(notes.map(({ text }) => text.text)).toEqual(Array.from({ length: 9 }, (_, n) => `n${8 - n}`));
      const sequences = (await pages('history', 'sequence')).map(({ sequence }) => Number(sequence));
      expect(sequences).toHaveLength(3 + 9 + 2);
      expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    });
  });
});
