import { randomUUID } from 'node:crypto';
import { type Calls, recordCalls } from './calls-by-telephone.js';
import { codeOf } from './code-of.js';
import { type Service } from './service.js';

const LISTS = ['parties', 'notifications', 'observations', 'violations', 'notes', 'disclosures', 'knowledge'];
const QUERY = `query ($id: ID!, $asOf: AsOf, $known: KnownAsOf) { case(id: $id, asOf: $asOf, knownAsOf: $known) {
  ${LISTS.map((list) => `${list} { nodes { id known } }`).join(' ')} history(first: 100) { nodes { type } } } }`;

/** What `knownAsOf` answers, over whichever engines the service has. */
export function describeWhatWasKnown(running: () => Service): void {
  describe('what was known', () => {
    let service: Service;
    let key: string;
    let calls: Calls;
    beforeAll(async () => {
      service = running();
      key = await service.keyFor('kim');
      calls = await recordCalls(service, key);
    });

    /** How well each record was known, by its name in the story; others are left out. */
    async function knownTo(
      party: string | null,
      time: string,
      as = key,
      asOf?: object,
    ): Promise<Record<string, string>> {
      const known = party === null ? { time } : { party, time };
      const { data, errors } = await service.ask(QUERY, { id: calls.ids.caseId, asOf, known }, as);
      expect(errors).toBeUndefined();
      if (data.case === null) return { case: 'none' };
      const nodes = LISTS.flatMap((list) => data.case[list].nodes as { id: string; known: string }[]);
      const nameOf = (id: string) => Object.entries(calls.ids).find(([, one]) => one === id)?.[0] ?? id;
      return Object.fromEntries(nodes.map(({ id, known }) => [nameOf(id), known]));
    }

    it('shows on Tuesday what was learned by telephone on Monday, whenever it was recorded', async () => {
      const { halden, caseId } = calls.ids;
      expect(await knownTo(halden, '2025-03-04T12:00:00Z')).toEqual({ call: 'CERTAINLY', quillon: 'CERTAINLY' });
      const asOf = { sequence: calls.before };
      expect((await service.ask(QUERY, { id: caseId, asOf }, key)).data.case).toBeNull();
      expect(await knownTo(halden, '2025-03-04T12:00:00Z', key, asOf)).toEqual({ case: 'none' });
    });

    it('takes a moment that its offset leads out of the years for the last there is, or the first', async () => {
      const { halden } = calls.ids;
      const last = await knownTo(halden, '9999-12-31T23:59:59Z');
      expect(last).toMatchObject({ call: 'CERTAINLY', told: 'CERTAINLY' });
      expect(await knownTo(halden, '9999-12-31T23:59:59-01:00')).toEqual(last);
      expect(await knownTo(halden, '0000-01-01T00:00:00+01:00')).toEqual({});
    });

    it('leaves out what was not known yet, and whose beginning is later', async () => {
      const { halden, brightwater } = calls.ids;
      expect(await knownTo(halden, '2025-03-03T09:09:59Z')).toEqual({});
      // Whoever told knew it when telling; of before nothing is said.
      expect(await knownTo(brightwater, '2025-03-03T09:09:59Z')).toEqual({});
      expect(await knownTo(brightwater, '2025-03-03T09:10:01Z')).toEqual({ call: 'CERTAINLY', quillon: 'CERTAINLY' });
      expect(await knownTo(brightwater, '2025-03-11T12:00:00Z')).toMatchObject({
        ...{ call: 'CERTAINLY', told: 'POSSIBLY', observation: 'POSSIBLY', violation: 'POSSIBLY' },
      });
      const later = await knownTo(brightwater, '2025-03-12T00:00:00Z');
      expect(later).toMatchObject({ told: 'CERTAINLY', observation: 'CERTAINLY', violation: 'CERTAINLY' });
      expect(Object.keys(later)).not.toContain('note');
    });

    it('shows nothing but records, of history and of other lists, that concern what was known', async () => {
      const known = { party: calls.ids.halden, time: '2025-03-04T12:00:00Z' };
      const query = `query ($id: ID!, $known: KnownAsOf) { case(id: $id, knownAsOf: $known) {
        history(first: 100) { nodes { type } } members { nodes { id } } knowings { nodes { recordId partyId since { stated } by } }
        timeline { nodes { recordKind recordId record { ... on Notification { known } } } }
        changes(from: { sequence: ${calls.before} }) { record } } }`;
      const { data, errors } = await service.ask(query, { id: calls.ids.caseId, known }, key);
      expect(errors).toBeUndefined();
      const types = (data.case.history.nodes as { type: string }[]).map(({ type }) => type);
      // The opening, as that concerns the case itself.
      expect(types).toEqual(['CaseOpened', 'PartyAdded', 'PartnerNotificationReceived']);
      expect(data.case.members.nodes).toHaveLength(1);
      const { call, quillon, caseId } = calls.ids;
      const told = (data.case.timeline.nodes as { recordId: string }[]).map(({ recordId }) => recordId);
      expect(told.sort()).toEqual([call, quillon].sort());
      const changed = new Set((data.case.changes as { record: string }[]).map(({ record }) => record));
      // The case and its members are none, and stay.
      expect([...changed].sort()).toEqual([caseId, call, quillon, 'PERSON/kim'].sort());
    });

    it('tells what we knew where no party is named: what is recorded, and what was told to nobody in particular', async () => {
      expect(await knownTo(null, '2025-03-04T12:00:00Z')).toEqual({});
      const now = await knownTo(null, new Date().toISOString());
      expect(now).toMatchObject({ call: 'CERTAINLY', note: 'CERTAINLY', violation: 'CERTAINLY' });
    });

    it('goes by what is recorded as knowledge, until that is corrected or retracted', async () => {
      const { quillon, observation } = calls.ids;
      const knowledgeId = randomUUID();
      const knowledge = { knowledgeId, knownTo: quillon, about: [observation], source: { assertedBy: quillon } };
      await calls.send('recordKnowledge', knowledge);
      expect(await knownTo(quillon, '2024-01-01T00:00:00Z')).toEqual({ observation: 'NOT_STATED' });
      const upTo = async () =>
        (await service.done('addNote', { caseId: calls.ids.caseId, text: { text: '.' } }, key)).sequence;
      const sequence = await upTo();
      await calls.send('correctKnowledge', { ...knowledge, learnedAt: '2025-03', reason: 'They said so.' });
      expect(await knownTo(quillon, '2025-02-01T00:00:00Z')).toEqual({});
      expect(await knownTo(quillon, '2025-03-10T00:00:00Z')).toEqual({ observation: 'POSSIBLY' });
      expect(await knownTo(quillon, '2025-04-01T00:00:00Z')).toEqual({ observation: 'CERTAINLY' });
      // What stood in the record then.
      expect(await knownTo(quillon, '2025-02-01T00:00:00Z', key, { sequence })).toEqual({ observation: 'NOT_STATED' });
      await calls.send('retractRecord', { recordId: knowledgeId, reason: 'A mistake.' });
      expect(await knownTo(quillon, '2025-04-01T00:00:00Z')).toEqual({});
    });

    it('says how well a relation to another case was known, as of every other record', async () => {
      const { quillon, caseId } = calls.ids;
      const { case: other } = await service.done('openCase', { title: 'Another', kind: 'CASE' }, key);
      const caseRelationId = randomUUID();
      await calls.send('relateCases', { caseRelationId, otherCaseId: other.id, caseRelationKind: 'RELATED' });
      const known = { knownTo: quillon, about: [caseRelationId], learnedAt: '2025-06' };
      const knowledgeId = randomUUID();
      await calls.send('recordKnowledge', { ...known, knowledgeId, source: { assertedBy: quillon } });
      const query = `query ($id: ID!, $known: KnownAsOf) {
        case(id: $id, knownAsOf: $known) { caseRelations { nodes { id known } } } }`;
      const knownAt = async (time: string): Promise<unknown> => {
        const { data, errors } = await service.ask(query, { id: caseId, known: { party: quillon, time } }, key);
        expect(errors).toBeUndefined();
        return data.case.caseRelations.nodes;
      };
      expect(await knownAt('2025-07-01T00:00:00Z')).toEqual([{ id: caseRelationId, known: 'CERTAINLY' }]);
      expect(await knownAt('2025-06-15T00:00:00Z')).toEqual([{ id: caseRelationId, known: 'POSSIBLY' }]);
      expect(await knownAt('2025-05-01T00:00:00Z')).toEqual([]);
      const { data } = await service.ask(query, { id: caseId }, key);
      expect(data.case.caseRelations.nodes).toEqual([{ id: caseRelationId, known: null }]);
      for (const recordId of [knowledgeId, caseRelationId])
        await calls.send('retractRecord', { recordId, reason: 'A mistake.' });
    });

    it('says of a privilege that it was known as well as its record, or as it was itself', async () => {
      const { quillon, halden, note, caseId } = calls.ids;
      const counsel = await service.keyFor('clara', ['COUNSEL', 'INVESTIGATOR']);
      const [privilegeId, knowledgeId] = [randomUUID(), randomUUID()];
      const privilege = { recordId: note, privilegeKind: 'WORK_PRODUCT', basis: 'For the court.' };
      const holder = { kind: 'PERSON', id: 'clara' };
      await service.done('assertPrivilege', { caseId, privilegeId, ...privilege, holder }, counsel);
      const query = `query ($id: ID!, $known: KnownAsOf) {
        case(id: $id, knownAsOf: $known) { privileges { nodes { id known } } } }`;
      const knownBy = async (party: string | null, time: string): Promise<unknown> => {
        const { data, errors } = await service.ask(query, { id: caseId, known: { party, time } }, counsel);
        expect(errors).toBeUndefined();
        return data.case.privileges.nodes;
      };
      const knowledge = { knowledgeId, knownTo: quillon, about: [note], learnedAt: '2025-06' };
      await service.done('recordKnowledge', { caseId, ...knowledge, source: { assertedBy: quillon } }, counsel);
      expect(await knownBy(quillon, '2025-07-01T00:00:00Z')).toEqual([{ id: privilegeId, known: 'CERTAINLY' }]);
      expect(await knownBy(quillon, '2025-06-15T00:00:00Z')).toEqual([{ id: privilegeId, known: 'POSSIBLY' }]);
      expect(await knownBy(quillon, '2025-05-01T00:00:00Z')).toEqual([]);
      const itself = { knownTo: halden, about: [privilegeId], source: { assertedBy: halden } };
      await service.done('recordKnowledge', { caseId, ...itself }, counsel);
      expect(await knownBy(halden, '2025-05-01T00:00:00Z')).toEqual([{ id: privilegeId, known: 'NOT_STATED' }]);
      const waived = { caseId, privilegeId, reason: 'It may be told.' };
      await service.done('waivePrivilege', waived, counsel);
      await service.done('retractRecord', { caseId, recordId: knowledgeId, reason: 'A mistake.' }, counsel);
    });

    it('says when each thing was first recorded that a party knew, however its telling was corrected since', async () => {
      const { quillon, halden, observation, note, caseId } = calls.ids;
      const knowledge = { knowledgeId: randomUUID(), knownTo: quillon, source: { assertedBy: quillon } };
      const query = `query ($id: ID!) { case(id: $id) { knowings(first: 100) { nodes { throughId partyId recordId recordedAt } } } }`;
      const recordedAt = async (): Promise<Record<string, string>> => {
        const { data, errors } = await service.ask(query, { id: caseId }, key);
        expect(errors).toBeUndefined();
        const nodes = data.case.knowings.nodes as Record<string, string>[];
        const told = nodes.filter(({ throughId }) => throughId === knowledge.knowledgeId);
        return Object.fromEntries(told.map((one) => [`${one.partyId} ${one.recordId}`, one.recordedAt]));
      };
      await calls.send('recordKnowledge', { ...knowledge, about: [observation, halden] });
      const before = await recordedAt();
      await calls.send('correctKnowledge', { ...knowledge, about: [note, observation], reason: 'It was the note.' });
      const after = await recordedAt();
      expect(after[`${quillon} ${observation}`]).toBe(before[`${quillon} ${observation}`]);
      expect(after[`${quillon} ${note}`] > before[`${quillon} ${halden}`]).toBe(true);
      await calls.send('retractRecord', { recordId: knowledge.knowledgeId, reason: 'A mistake.' });
    });

    it('counts and pages only what was known', async () => {
      const known = { party: calls.ids.brightwater, time: '2025-03-12T00:00:00Z' };
      const list = `query ($known: KnownAsOf) { cases(knownAsOf: $known) { nodes { id } totalCount { value exact } } }`;
      const { data } = await service.ask(list, { known }, key);
      expect(data.cases).toEqual({ nodes: [{ id: calls.ids.caseId }], totalCount: { value: 1, exact: true } });
      const nobody = await service.ask(list, { known: { ...known, party: randomUUID() } }, key);
      expect(nobody.data.cases).toEqual({ nodes: [], totalCount: { value: 0, exact: true } });
      const ask = async (name: string, after: string | null, party = known) => {
        const query = `query ($id: ID!, $known: KnownAsOf, $after: String) { case(id: $id, knownAsOf: $known) {
          ${name}(first: 2, after: $after) { nodes { recordId } pageInfo { endCursor hasNextPage } } } }`;
        return service.ask(query, { id: calls.ids.caseId, known: party, after }, key);
      };
      for (const name of ['knowings', 'timeline']) {
        const seen: string[] = [];
        let after: string | null = null;
        do {
          const answer = await ask(name, after);
          expect(answer.errors).toBeUndefined();
          const { nodes, pageInfo } = answer.data.case[name];
          seen.push(...(nodes as { recordId: string }[]).map(({ recordId }) => recordId));
          after = pageInfo.hasNextPage ? (pageInfo.endCursor as string) : null;
          if (after) {
            const other = await ask(name, after, { ...known, time: '2025-03-13T00:00:00Z' });
            expect(codeOf(other)).toBe('CURSOR_INVALID');
          }
        } while (after);
        expect(new Set(seen)).toEqual(
          new Set(['call', 'quillon', 'told', 'observation', 'violation'].map((one) => calls.ids[one as 'call'])),
        );
      }
    });

    it('refuses a party that the case does not have', async () => {
      const known = { party: randomUUID(), time: '2025-03-12T00:00:00Z' };
      expect(codeOf(await service.ask(QUERY, { id: calls.ids.caseId, known }, key))).toBe('NOT_FOUND');
    });

    it('tells nobody by whom a record is not seen that somebody knew by it', async () => {
      const { call, caseId, halden } = calls.ids;
      const other = await service.keyFor('otto');
      expect(await knownTo(halden, '2025-03-04T12:00:00Z', other)).toMatchObject({ quillon: 'CERTAINLY' });
      await service.done('limitRecord', { caseId, recordId: call, named: [{ kind: 'PERSON', id: 'kim' }] }, key);
      expect(await knownTo(halden, '2025-03-04T12:00:00Z', other)).toEqual({});
      expect(await knownTo(halden, '2025-03-04T12:00:00Z')).toEqual({ call: 'CERTAINLY', quillon: 'CERTAINLY' });
      const { data } = await service.ask(
        `query ($id: ID!) { case(id: $id) { knowings(first: 100) { nodes { throughId partyId } } } }`,
        { id: caseId },
        other,
      );
      expect(JSON.stringify(data)).not.toContain(call);
      expect(JSON.stringify(data)).toContain(calls.ids.told);
      await service.done('liftLimit', { caseId, recordId: call, reason: 'It may be told.' }, key);
    });
  });
}
