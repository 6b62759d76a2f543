import { randomUUID } from 'node:crypto';
import { codeOf } from './code-of.js';
import { Service } from './service.js';

const RELATIONS =
  'caseRelations { nodes { id status caseRelationKind otherCaseId recordedIn reason otherCase { title } } }';

describe('cases and other cases', () => {
  let service: Service;
  let ines: string;
  let rosa: string;
  beforeAll(async () => {
    service = await Service.start();
    ines = await service.keyFor('ines');
    rosa = await service.keyFor('rosa');
  });
  afterAll(() => service.stop());

  /** A case of Ines', open to all unless said otherwise; its id. */
  const opened = async (title: string, over: object = {}): Promise<string> => {
    const caseId = randomUUID();
    await done('openCase', { caseId, title, kind: 'CASE', ...over });
    return caseId;
  };
  const read = async (id: string, fields: string, key = ines, asOf?: object): Promise<any> => {
    const query = `query ($id: ID!, $asOf: AsOf) { case(id: $id, asOf: $asOf) { ${fields} } }`;
    const { data, errors } = await service.ask(query, { id, asOf }, key);
    if (errors) throw new Error(JSON.stringify(errors));
    return data.case;
  };
  /** The place of the last command's event. */
  let head = 0;
  const done = async (name: string, input: object): Promise<void> => {
    head = (await service.done(name, input, ines)).sequence;
  };

  describe('relations', () => {
    it('are seen from both sides, each as it is from there, until they are retracted', async () => {
      const [part, whole] = [await opened('Part'), await opened('Whole')];
      const before = head;
      const caseRelationId = randomUUID();
      const relation = { otherCaseId: whole, caseRelationKind: 'PARENT', reason: 'Of it.', caseRelationId };
      await done('relateCases', { caseId: part, ...relation });
      const shared = { id: caseRelationId, status: 'RECORDED', recordedIn: part, reason: 'Of it.' };
      const seen = async (id: string, asOf?: object) => (await read(id, RELATIONS, ines, asOf)).caseRelations.nodes;
      expect(await seen(part)).toEqual([
        { ...shared, caseRelationKind: 'PARENT', otherCaseId: whole, otherCase: { title: 'Whole' } },
      ]);
      expect(await seen(whole)).toEqual([
        { ...shared, caseRelationKind: 'CHILD', otherCaseId: part, otherCase: { title: 'Part' } },
      ]);
      expect(await seen(whole, { sequence: before })).toEqual([]);
      await done('retractRecord', { caseId: part, recordId: caseRelationId, reason: 'Not at all.' });
      expect((await seen(whole))[0].status).toBe('RETRACTED');
    });

    it('to a case that the reader need not know of are not there, and are not made', async () => {
      const secret = await opened('Secret', { restricted: true });
      const known = await opened('Known');
      await done('relateCases', { caseId: secret, otherCaseId: known, caseRelationKind: 'RELATED' });
      expect((await read(known, RELATIONS)).caseRelations.nodes).toHaveLength(1);
      expect((await read(known, RELATIONS, rosa)).caseRelations.nodes).toEqual([]);
      const make = (otherCaseId: string) =>
        service.command('relateCases', { caseId: known, otherCaseId, caseRelationKind: 'PARENT' }, rosa);
      const [hidden, missing] = await Promise.all([secret, randomUUID()].map(make));
      expect([codeOf(hidden), codeOf(missing)]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
      // Restricted since it was related: both sides show nothing of it any more.
      const [open, later] = [await opened('Open'), await opened('Later')];
      await done('relateCases', { caseId: open, otherCaseId: later, caseRelationKind: 'RELATED' });
      await done('restrictCase', { caseId: later, reason: 'A source.' });
      expect((await read(open, RELATIONS, rosa)).caseRelations.nodes).toEqual([]);
      expect((await read(open, RELATIONS)).caseRelations.nodes).toHaveLength(1);
    });

    it('that are limited are seen by those named, from either side', async () => {
      const [one, two] = [await opened('One'), await opened('Two')];
      const caseRelationId = randomUUID();
      const relation = { otherCaseId: two, caseRelationKind: 'RELATED', caseRelationId };
      await done('relateCases', { caseId: one, ...relation });
      const named = [{ kind: 'PERSON', id: 'ines' }];
      await done('limitRecord', { caseId: one, recordId: caseRelationId, named });
      for (const id of [one, two]) {
        expect((await read(id, RELATIONS)).caseRelations.nodes).toHaveLength(1);
        expect((await read(id, RELATIONS, rosa)).caseRelations.nodes).toEqual([]);
      }
    });
  });

  describe('references', () => {
    const FOUND =
      'query ($reference: ExternalIdInput!, $asOf: AsOf) { case(reference: $reference, asOf: $asOf) { id } }';
    const find = async (externalId: string, key = ines, asOf?: object) => {
      const { data } = await service.ask(FOUND, { reference: { system: 'jira', externalId }, asOf }, key);
      return data.case?.id ?? null;
    };

    it('are found from the case and from the reference, now and as of a moment', async () => {
      const [caseId, other] = [await opened('Referred'), await opened('Other')];
      const [externalId, referenceId] = [randomUUID(), randomUUID()];
      const before = head;
      const url = 'https://jira.example.org/browse/X';
      const adding = { system: 'Jira', externalId, url, referenceId };
      await done('addExternalReference', { caseId, ...adding });
      const { references } = await read(caseId, 'references { nodes { id status system externalId url } }');
      expect(references.nodes).toEqual([{ id: referenceId, status: 'RECORDED', system: 'Jira', externalId, url }]);
      expect([await find(externalId), await find(externalId, ines, { sequence: before })]).toEqual([caseId, null]);
      const during = head;
      await done('retractRecord', { caseId, recordId: referenceId, reason: 'Wrong.' });
      expect(await find(externalId)).toBeNull();
      await done('addExternalReference', { caseId: other, system: 'JIRA', externalId });
      expect([await find(externalId), await find(externalId, ines, { sequence: during })]).toEqual([other, caseId]);
    });

    it('of a restricted case are found by its members alone; that one is taken is all that others learn', async () => {
      const secret = await opened('Hidden', { restricted: true });
      const externalId = randomUUID();
      await done('addExternalReference', { caseId: secret, system: 'Jira', externalId });
      expect([await find(externalId), await find(externalId, rosa)]).toEqual([secret, null]);
      const mine = await opened('Mine');
      const answer = await service.command('addExternalReference', { caseId: mine, system: 'Jira', externalId }, rosa);
      expect(codeOf(answer)).toBe('REFERENCE_TAKEN');
      expect(JSON.stringify(answer)).not.toContain(secret);
      // Nor do events tell of it: not of the case, not of the claim.
      for (const key of [rosa, service.adminKey]) {
        const { data } = await service.ask('{ events(first: 100, after: "0") { nodes { type } } }', {}, key);
        const types = (data?.events.nodes ?? []).map(({ type }: { type: string }) => type);
        expect(types).not.toContain('ExternalReferenceClaimed');
      }
    });
  });

  describe('merged', () => {
    const VIEW = `title mergedInto { title } mergedCases { title }
      notes(first: 100) { nodes { text { text } mergedFrom } } history(first: 100) { nodes { type } }`;
    const texts = (view: any): string[] => view.notes.nodes.map(({ text }: any) => text.text);
    const note = (caseId: string, text: string, noteId = randomUUID()) =>
      done('addNote', { caseId, noteId, text: { text } });

    it('are shown as one, as of each moment as they were then; nothing is moved, and they part again', async () => {
      const [one, two] = [await opened('First'), await opened('Second')];
      await note(one, 'a');
      await note(two, 'b');
      const apart = head;
      await done('mergeCase', { caseId: two, intoCaseId: one, reason: 'The same.' });
      await note(one, 'c');
      expect(codeOf(await service.command('addNote', { caseId: two, text: { text: 'no' } }, ines))).toBe('CASE_MERGED');
      const merged = await read(one, VIEW);
      expect(texts(merged)).toEqual(['c', 'b', 'a']);
      expect(merged.notes.nodes.map(({ mergedFrom }: any) => mergedFrom)).toEqual([null, two, null]);
      expect(merged).toMatchObject({ mergedInto: null, mergedCases: [{ title: 'Second' }] });
      expect(merged.history.nodes.map(({ type }: any) => type)).toEqual([
        ...['CaseOpened', 'CaseOpened', 'NoteAdded', 'NoteAdded', 'CaseMergedInto', 'NoteAdded'],
      ]);
      const other = await read(two, VIEW);
      expect(other).toMatchObject({ mergedInto: { title: 'First' }, mergedCases: [] });
      expect(texts(other)).toEqual(['b']);
      expect(texts(await read(one, VIEW, ines, { sequence: apart }))).toEqual(['a']);

      const together = head;
      await done('unmergeCase', { caseId: two, reason: 'Not the same.' });
      expect([texts(await read(one, VIEW)), texts(await read(two, VIEW))]).toEqual([['c', 'a'], ['b']]);
      expect(texts(await read(one, VIEW, ines, { sequence: together }))).toEqual(['c', 'b', 'a']);
      await note(two, 'd');
      expect(texts(await read(two, VIEW))).toEqual(['d', 'b']);
    });

    it('keep each record under the access filter of its own case', async () => {
      const [one, secret, open] = [
        await opened('Wide'),
        await opened('Narrow', { restricted: true }),
        await opened('Limited'),
      ];
      const limited = randomUUID();
      await note(secret, 'secret');
      await note(open, 'limited', limited);
      await note(open, 'open');
      const named = [{ kind: 'PERSON', id: 'ines' }];
      await done('limitRecord', { caseId: open, recordId: limited, named });
      for (const caseId of [secret, open]) await done('mergeCase', { caseId, intoCaseId: one });
      expect(texts(await read(one, VIEW)).sort()).toEqual(['limited', 'open', 'secret']);
      const seen = await read(one, VIEW, rosa);
      expect(texts(seen)).toEqual(['open']);
      expect(seen.mergedCases).toEqual([{ title: 'Limited' }]);
      expect(JSON.stringify(seen)).not.toContain('Narrow');
    });

    it('show of each record whether it was known to the party, which is one of its own case', async () => {
      const [one, two] = [await opened('Ours'), await opened('Theirs')];
      const [a, b, partyId] = [randomUUID(), randomUUID(), randomUUID()];
      await done('addParty', { caseId: one, partyId, name: 'Halden', partyKind: 'ORGANISATION' });
      await note(one, 'a', a);
      await note(two, 'b', b);
      const knowledge = { knownTo: partyId, about: [a], learnedAt: '2025-03-03', source: { assertedBy: partyId } };
      await done('recordKnowledge', { caseId: one, ...knowledge });
      await done('mergeCase', { caseId: two, intoCaseId: one });
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
      const cases = [await opened('P1'), await opened('P2'), await opened('P3')];
      for (let n = 0; n < 9; n++) await note(cases[n % 3], `n${n}`);
      for (const caseId of cases.slice(1)) await done('mergeCase', { caseId, intoCaseId: cases[0] });
      const pages = async (list: string, node: string): Promise<any[]> => {
        const nodes: any[] = [];
        for (let after: string | null = null; ;) {
          const args = `first: 2${after ? `, after: "${after}"` : ''}`;
          const page: any = (
            await read(cases[0], `${list}(${args}) { nodes { ${node} } pageInfo { hasNextPage endCursor } }`)
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

  describe('searches', () => {
    const SEARCH = `query ($text: String!, $kinds: [SearchKind!], $asOf: AsOf, $first: Int, $after: String) {
      search(text: $text, kinds: $kinds, asOf: $asOf, first: $first, after: $after) {
        nodes { kind recordId inCase excerpts case { title } } pageInfo { hasNextPage endCursor } } }`;
    const search = async (text: string, more: object = {}, key = ines): Promise<any> => {
      const { data, errors } = await service.ask(SEARCH, { text, ...more }, key);
      if (errors) throw new Error(JSON.stringify(errors));
      return data.search;
    };

    it('find cases and records by all of their texts, the last changed first, now and as of a moment', async () => {
      const caseId = await opened('Quixotic Élan', { tags: ['windmills'] });
      const noteId = randomUUID();
      const text = {
        text: 'Große Datenmengen.',
        language: 'de',
        translation: { text: 'Quixotic amounts.', language: 'en', by: 'x' },
      };
      await done('addNote', { caseId, noteId, text });
      const before = head;
      await done('amendNote', { caseId, noteId, text: { text: 'Nothing of it.' } });
      const found = { inCase: caseId, case: { title: 'Quixotic Élan' } };
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

    it('find nothing of what the reader need not know of', async () => {
      const secret = await opened('Rocinante', { restricted: true });
      const open = await opened('Dulcinea');
      const noteId = randomUUID();
      await done('addNote', { caseId: open, noteId, text: { text: 'Rocinante was there.' } });
      expect((await search('rocinante')).nodes).toHaveLength(2);
      expect((await search('rocinante', {}, rosa)).nodes).toMatchObject([{ recordId: noteId }]);
      const before = head;
      await done('limitRecord', { caseId: open, recordId: noteId, named: [{ kind: 'PERSON', id: 'ines' }] });
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

  it('that are restricted are on record as read, by whatever way an answer comes to them', async () => {
    const member = { grantee: { kind: 'PERSON', id: 'rita' }, rights: ['READ'] };
    const rita = await service.keyFor('rita');
    const hidden = (title: string) => opened(title, { restricted: true, members: [member] });
    const [related, merged, searched] = [await hidden('Related'), await hidden('Merged'), await hidden('Zyzzyva')];
    const open = await opened('Open');
    await done('relateCases', { caseId: related, otherCaseId: open, caseRelationKind: 'RELATED' });
    await done('addNote', { caseId: merged, text: { text: 'Of the merged one.' } });
    await done('mergeCase', { caseId: merged, intoCaseId: open });
    const readBy = async (caseId: string): Promise<string[]> => {
      const query = 'query ($id: ID) { accessReads(caseId: $id, first: 50) { nodes { kind reader } } }';
      const { data } = await service.ask(query, { id: caseId }, ines);
      return data.accessReads.nodes.map(({ kind, reader }: Record<string, string>) => `${kind} ${reader}`);
    };
    await read(open, 'title', rita);
    for (const caseId of [related, merged, searched]) expect(await readBy(caseId)).not.toContain('READ rita');
    expect((await read(open, RELATIONS.replace('otherCase { title }', ''), rita)).caseRelations.nodes).toHaveLength(1);
    expect(await readBy(related)).toContain('READ rita');
    expect((await read(open, 'notes { nodes { id } }', rita)).notes.nodes).toHaveLength(1);
    expect(await readBy(merged)).toContain('READ rita');
    const found = await service.ask('{ search(text: "zyzzyva") { nodes { inCase excerpts } } }', {}, rita);
    expect(found.data.search.nodes).toEqual([{ inCase: searched, excerpts: ['Zyzzyva'] }]);
    expect(await readBy(searched)).toContain('READ rita');
  });
});
