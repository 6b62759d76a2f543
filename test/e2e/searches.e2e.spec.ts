import { randomUUID } from 'node:crypto';
import { CasesOfInes } from './cases-of-ines.js';
import { codeOf } from './code-of.js';
import { type Service } from './service.js';

describe('a search over cases and records', () => {
  let cases: CasesOfInes;
  let service: Service;
  let ines: string;
  let rosa: string;
  beforeAll(async () => {
    cases = await CasesOfInes.start();
    ({ service, ines, rosa } = cases);
  });
  afterAll(() => cases.stop());

  describe('searches', () => {
    const SEARCH = `query ($text: String!, $kinds: [SearchKind!], $asOf: AsOf, $first: Int, $after: String) {
      search(text: $text, kinds: $kinds, asOf: $asOf, first: $first, after: $after) {
        nodes { kind recordId inCase excerpts takenBack case { title } } pageInfo { hasNextPage endCursor } } }`;
    const search = async (text: string, more: object = {}, key = ines): Promise<any> => {
      const { data, errors } = await service.ask(SEARCH, { text, ...more }, key);
      if (errors) throw new Error(JSON.stringify(errors));
      return data.search;
    };

    it('find cases and records by all of their texts, the last changed first, now and as of a moment', async () => {
      const caseId = await cases.opened('Quixotic Élan', { tags: ['windmills'] });
      const noteId = randomUUID();
      const text = {
        text: 'Große Datenmengen.',
        language: 'de',
        translation: { text: 'Quixotic amounts.', language: 'en', by: 'x' },
      };
      await cases.done('addNote', { caseId, noteId, text });
      const before = cases.head;
      await cases.done('amendNote', { caseId, noteId, text: { text: 'Nothing of it.' } });
      const found = { inCase: caseId, takenBack: false, case: { title: 'Quixotic Élan' } };
      const note = { ...found, kind: 'NOTES', recordId: noteId, excerpts: ['Quixotic amounts.'] };
      const itself = { ...found, kind: 'CASES', recordId: caseId, excerpts: ['Quixotic Élan'] };
      expect((await search('quixotic')).nodes).toEqual([itself]);
      expect((await search('"nothing of"')).nodes).toMatchObject([{ recordId: noteId, excerpts: ['Nothing of it.'] }]);
      const asOf = { sequence: before };
      expect((await search('quixot*', { asOf })).nodes).toEqual([note, itself]);
      expect((await search('quixot*', { asOf, kinds: ['NOTES'] })).nodes).toEqual([note]);
      expect((await search('ELAN windmills')).nodes).toEqual([{ ...itself, excerpts: ['Quixotic Élan', 'windmills'] }]);
      const first = await search('quixot*', { asOf, first: 1 });
      expect([first.nodes, first.pageInfo.hasNextPage]).toEqual([[note], true]);
      const second = await search('quixot*', { asOf, first: 1, after: first.pageInfo.endCursor });
      expect([second.nodes, second.pageInfo.hasNextPage]).toEqual([[itself], false]);
    });

    it('say of what was taken back that it counts no longer, and did before', async () => {
      const [caseId, noteId, observationId] = [await cases.opened('A case'), randomUUID(), randomUUID()];
      await cases.done('addNote', { caseId, noteId, text: { text: 'Sancho saw it.' } });
      const source = { assertedBy: randomUUID() };
      await cases.done('addParty', { caseId, partyId: source.assertedBy, partyKind: 'PERSON' });
      const description = { text: 'Sancho was there.' };
      await cases.done('observeSuspiciousActivity', { caseId, observationId, description, source });
      const before = cases.head;
      await cases.done('retractRecord', { caseId, recordId: noteId, reason: 'Of another case.' });
      await cases.done('retractRecord', { caseId, recordId: observationId, reason: 'Of another case.' });
      const takenBack = async (more: object = {}): Promise<object> => {
        const { nodes } = await search('sancho', more);
        return Object.fromEntries(nodes.map((node: any) => [node.recordId, node.takenBack]));
      };
      expect(await takenBack()).toEqual({ [noteId]: true, [observationId]: true });
      expect(await takenBack({ asOf: { sequence: before } })).toEqual({ [noteId]: false, [observationId]: false });
    });

    it('find nothing of what the reader need not know of', async () => {
      const secret = await cases.opened('Rocinante', { restricted: true });
      const open = await cases.opened('Dulcinea');
      const noteId = randomUUID();
      await cases.done('addNote', { caseId: open, noteId, text: { text: 'Rocinante was there.' } });
      expect((await search('rocinante')).nodes).toHaveLength(2);
      expect((await search('rocinante', {}, rosa)).nodes).toMatchObject([{ recordId: noteId }]);
      const before = cases.head;
      await cases.done('limitRecord', { caseId: open, recordId: noteId, named: [{ kind: 'PERSON', id: 'ines' }] });
      expect((await search('rocinante', {}, rosa)).nodes).toEqual([]);
      expect((await search('rocinante', { asOf: { sequence: before } }, rosa)).nodes).toEqual([]);
      expect((await search('rocinante')).nodes.map(({ inCase }: any) => inCase)).toEqual([open, secret]);
    });

    it('refuse a text without words, and a kind twice', async () => {
      for (const variables of [{ text: '—' }, { text: 'a', kinds: ['NOTES', 'NOTES'] }, { text: '' }]) {
        const answer = await service.ask(SEARCH, variables, ines);
        expect(codeOf(answer)).toBe('VALIDATION_FAILED');
      }
    });
  });
});
