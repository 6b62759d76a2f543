import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CasesOfInes, RELATIONS } from './cases-of-ines.js';
import { codeOf } from './code-of.js';
import { type Service } from './service.js';

describe('cases and other cases', () => {
  let cases: CasesOfInes;
  let service: Service;
  let ines: string;
  let rosa: string;
  beforeAll(async () => {
    cases = await CasesOfInes.start();
    ({ service, ines, rosa } = cases);
  });
  afterAll(() => cases.stop());

  describe('relations', () => {
    it('are seen from both sides, each as it is from there, until they are retracted', async () => {
      const [part, whole] = [await cases.opened('Part'), await cases.opened('Whole')];
      const before = cases.head;
      const caseRelationId = randomUUID();
      const relation = { otherCaseId: whole, caseRelationKind: 'PARENT', reason: 'Of it.', caseRelationId };
      await cases.done('relateCases', { caseId: part, ...relation });
      const shared = { id: caseRelationId, status: 'RECORDED', recordedIn: part, reason: 'Of it.' };
      const seen = async (id: string, asOf?: object) =>
        (await cases.read(id, RELATIONS, ines, asOf)).caseRelations.nodes;
      expect(await seen(part)).toEqual([
        { ...shared, caseRelationKind: 'PARENT', otherCaseId: whole, otherCase: { title: 'Whole' } },
      ]);
      expect(await seen(whole)).toEqual([
        { ...shared, caseRelationKind: 'CHILD', otherCaseId: part, otherCase: { title: 'Part' } },
      ]);
      expect(await seen(whole, { sequence: before })).toEqual([]);
      await cases.done('retractRecord', { caseId: part, recordId: caseRelationId, reason: 'Not at all.' });
      expect((await seen(whole))[0].status).toBe('RETRACTED');
    });

    it('to a case that the reader need not know of are not there, and are not made', async () => {
      const secret = await cases.opened('Secret', { restricted: true });
      const known = await cases.opened('Known');
      await cases.done('relateCases', { caseId: secret, otherCaseId: known, caseRelationKind: 'RELATED' });
      expect((await cases.read(known, RELATIONS)).caseRelations.nodes).toHaveLength(1);
      expect((await cases.read(known, RELATIONS, rosa)).caseRelations.nodes).toEqual([]);
      const make = (otherCaseId: string) =>
        service.command('relateCases', { caseId: known, otherCaseId, caseRelationKind: 'PARENT' }, rosa);
      const [hidden, missing] = await Promise.all([secret, randomUUID()].map(make));
      expect([codeOf(hidden), codeOf(missing)]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
      // Restricted since it was related: both sides show nothing of it any more.
      const [open, later] = [await cases.opened('Open'), await cases.opened('Later')];
      await cases.done('relateCases', { caseId: open, otherCaseId: later, caseRelationKind: 'RELATED' });
      await cases.done('restrictCase', { caseId: later, reason: 'A source.' });
      expect((await cases.read(open, RELATIONS, rosa)).caseRelations.nodes).toEqual([]);
      expect((await cases.read(open, RELATIONS)).caseRelations.nodes).toHaveLength(1);
    });

    it('that are limited are seen by those named, from either side', async () => {
      const [one, two] = [await cases.opened('One'), await cases.opened('Two')];
      const caseRelationId = randomUUID();
      const relation = { otherCaseId: two, caseRelationKind: 'RELATED', caseRelationId };
      await cases.done('relateCases', { caseId: one, ...relation });
      const named = [{ kind: 'PERSON', id: 'ines' }];
      await cases.done('limitRecord', { caseId: one, recordId: caseRelationId, named });
      for (const id of [one, two]) {
        expect((await cases.read(id, RELATIONS)).caseRelations.nodes).toHaveLength(1);
        expect((await cases.read(id, RELATIONS, rosa)).caseRelations.nodes).toEqual([]);
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
      const [caseId, other] = [await cases.opened('Referred'), await cases.opened('Other')];
      const [externalId, referenceId] = [randomUUID(), randomUUID()];
      const before = cases.head;
      const url = 'https://jira.example.org/browse/X';
      const adding = { system: 'Jira', externalId, url, referenceId };
      await cases.done('addExternalReference', { caseId, ...adding });
      const { references } = await cases.read(caseId, 'references { nodes { id status system externalId url } }');
      expect(references.nodes).toEqual([{ id: referenceId, status: 'RECORDED', system: 'Jira', externalId, url }]);
      expect([await find(externalId), await find(externalId, ines, { sequence: before })]).toEqual([caseId, null]);
      const during = cases.head;
      await cases.done('retractRecord', { caseId, recordId: referenceId, reason: 'Wrong.' });
      expect(await find(externalId)).toBeNull();
      await cases.done('addExternalReference', { caseId: other, system: 'JIRA', externalId });
      expect([await find(externalId), await find(externalId, ines, { sequence: during })]).toEqual([other, caseId]);
    });

    it('of a restricted case are found by its members alone; that one is taken is all that others learn', async () => {
      const secret = await cases.opened('Hidden', { restricted: true });
      const externalId = randomUUID();
      await cases.done('addExternalReference', { caseId: secret, system: 'Jira', externalId });
      expect([await find(externalId), await find(externalId, rosa)]).toEqual([secret, null]);
      const mine = await cases.opened('Mine');
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

  it('that are restricted are on record as read, by whatever way an answer comes to them', async () => {
    const member = { grantee: { kind: 'PERSON', id: 'rita' }, rights: ['READ'] };
    const rita = await service.keyFor('rita');
    const hidden = (title: string) => cases.opened(title, { restricted: true, members: [member] });
    const [related, merged, searched] = [await hidden('Related'), await hidden('Merged'), await hidden('Zyzzyva')];
    const open = await cases.opened('Open');
    await cases.done('relateCases', { caseId: related, otherCaseId: open, caseRelationKind: 'RELATED' });
    await cases.done('addNote', { caseId: merged, text: { text: 'Of the merged one.' } });
    await cases.done('mergeCase', { caseId: merged, intoCaseId: open });
    const readBy = async (caseId: string): Promise<string[]> => {
      const query = 'query ($id: ID) { accessReads(caseId: $id, first: 50) { nodes { kind reader } } }';
      const { data } = await service.ask(query, { id: caseId }, ines);
      return data.accessReads.nodes.map(({ kind, reader }: Record<string, string>) => `${kind} ${reader}`);
    };
    await cases.read(open, 'title', rita);
    for (const caseId of [related, merged, searched]) expect(await readBy(caseId)).not.toContain('READ rita');
    expect(
      (await cases.read(open, RELATIONS.replace('otherCase { title }', ''), rita)).caseRelations.nodes,
    ).toHaveLength(1);
    expect(await readBy(related)).toContain('READ rita');
    expect((await cases.read(open, 'notes { nodes { id } }', rita)).notes.nodes).toHaveLength(1);
    expect(await readBy(merged)).toContain('READ rita');
    const found = await service.ask('{ search(text: "zyzzyva") { nodes { inCase excerpts } } }', {}, rita);
    expect(found.data.search.nodes).toEqual([{ inCase: searched, excerpts: ['Zyzzyva'] }]);
    expect(await readBy(searched)).toContain('READ rita');
  });

  it('are found by the same identifier for whoever may see both, and the leads of both are asked', async () => {
    const [lena, omar] = [await service.keyFor('lena'), await service.keyFor('omar')];
    const open = async (key: string, lead: string, identifierValue: string, ...others: string[]) => {
      const members = others.map((id) => ({ grantee: { kind: 'PERSON', id }, rights: ['READ'] }));
      const opening = { title: lead, kind: 'CASE', restricted: true, members };
      const { case: opened } = await service.done('openCase', opening, key);
      const [caseId, subjectId, identifierId] = [opened.id as string, randomUUID(), randomUUID()];
      await service.done('assignLead', { caseId, lead }, key);
      await service.done('addParty', { caseId, partyId: subjectId, partyKind: 'UNIDENTIFIED_SUBJECT' }, key);
      const identifier = { subjectId, identifierKind: 'API_KEY', identifierValue, source: { assertedBy: subjectId } };
      const recording = { caseId, identifierId, ...identifier };
      // Asked for the case, so that what is read next has it.
      expect(await service.done('recordIdentifier', recording, key)).toMatchObject({ revision: 3 });
      return { caseId, identifierId, subjectId };
    };
    const ofLena = await open(lena, 'lena', 'sk-0123456789', 'rosa');
    const query = `query ($id: ID!) { case(id: $id) { identifiers { nodes {
      identifierValue elsewhere { caseId caseNumber identifierId subjectId deconflictionId } } } } }`;
    const seen = async (caseId: string, key: string) =>
      (await service.ask(query, { id: caseId }, key)).data.case.identifiers.nodes[0];
    const requests = async (key: string) =>
      (await service.ask('{ deconflictionRequests { id } }', {}, key)).data.deconflictionRequests as { id: string }[];
    const alone = await seen(ofLena.caseId, lena);
    expect(alone).toEqual({ identifierValue: expect.stringMatching(/^hmac-sha256:[0-9a-f]{64}$/), elsewhere: [] });
    expect(await requests(lena)).toEqual([]);

    const ofOmar = await open(omar, 'omar', ' sk-0123456789', 'rosa');
    // Whoever may see one of them learns nothing; whoever leads one gets an id.
    expect(await seen(ofLena.caseId, lena)).toEqual(alone);
    expect(await seen(ofOmar.caseId, omar)).toEqual(alone);
    const [request, ...more] = await requests(lena);
    expect(more).toEqual([]);
    expect(await requests(omar)).toEqual([request]);
    const rosa = await service.keyFor('rosa', ['REVIEWER']);
    expect(await requests(rosa)).toEqual([]);
    expect((await seen(ofLena.caseId, rosa)).elsewhere).toEqual([
      { ...ofOmar, caseNumber: expect.stringMatching(/^CASE-/), deconflictionId: request.id },
    ]);
    expect((await seen(ofOmar.caseId, rosa)).elsewhere).toMatchObject([{ ...ofLena, deconflictionId: request.id }]);

    const { identifierId: recordId, caseId } = ofOmar;
    const mine = { subjectId: ofOmar.subjectId, source: { assertedBy: ofOmar.subjectId } };
    const again = { caseId, ...mine, identifierKind: 'API_KEY', identifierValue: 'sk-0123456789' };
    const ids = Array.from({ length: 100 }, () => randomUUID());
    await Promise.all(
      ids.map((identifierId) => service.command('recordIdentifier', { ...again, identifierId }, omar, 'revision')),
    );
    const { sequence } = await service.done('addNote', { caseId, text: { text: 'All are recorded.' } }, omar);
    expect(sequence).toBeGreaterThan(100);
    // Lena's is not among the last hundred.
    const many: { deconflictionId: string }[] = (await seen(ofLena.caseId, rosa)).elsewhere;
    expect(many.map(({ deconflictionId }) => deconflictionId)).toEqual(Array(100).fill(request.id));
    for (const identifierId of ids)
      await service.command('retractRecord', { caseId, recordId: identifierId, reason: 'Twice.' }, omar, 'revision');
    await service.done('retractRecord', { caseId, recordId, reason: 'Mistyped.' }, omar);
    expect(await requests(lena)).toEqual([]);
    expect((await seen(ofLena.caseId, rosa)).elsewhere).toEqual([]);
    // Neither the log nor anything else there holds the key.
    const files = readdirSync(service.folder).filter((name) => /sqlite/.test(name));
    expect(files.length).toBeGreaterThan(1);
    for (const name of files) expect(readFileSync(join(service.folder, name), 'latin1')).not.toContain('sk-0123456789');
  });
});
