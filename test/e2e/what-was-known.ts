import { randomUUID } from 'node:crypto';
import { codeOf } from './code-of.js';
import { type Service } from './service.js';

/** A case in which it was learned by telephone on Monday, 3 March 2025, what is recorded later; then more was told to others. */
async function recordCalls(service: Service, key: string) {
  const names = [
    'caseId',
    'halden',
    'brightwater',
    'quillon',
    'call',
    'observation',
    'violation',
    'note',
    'told',
  ] as const;
  const ids = Object.fromEntries(names.map((name) => [name, randomUUID()])) as Record<(typeof names)[number], string>;
  const { caseId, halden, brightwater, quillon, call, observation, violation, note, told } = ids;
  const opened = await service.done('openCase', { caseId, title: 'Calls (example)', kind: 'SUSPICIOUS_ACTIVITY' }, key);
  const send = (name: string, input: object) => service.done(name, { caseId, ...input }, key);
  for (const [partyId, name] of Object.entries({
    [halden]: 'Halden',
    [brightwater]: 'Brightwater',
    [quillon]: 'Quillon',
  }))
    await send('addParty', { partyId, name, partyKind: 'ORGANISATION' });
  const source = { assertedBy: brightwater };
  await send('receivePartnerNotification', {
    ...{
      notificationId: call,
      fromPartyId: brightwater,
      toPartyId: halden,
      text: { text: 'Some 40 accounts.' },
      source,
    },
    ...{ channel: 'PHONE', reportedAt: '2025-03-03T09:10:00Z', learnedAt: '2025-03-03T09:10:00Z', about: [quillon] },
  });
  await send('observeSuspiciousActivity', {
    ...{
      observationId: observation,
      description: { text: 'Usage logs.' },
      source: { assertedBy: halden, grade: 'B2' },
    },
    ...{ occurredAt: '2025-02-17/2025-03-03', subjects: [quillon] },
  });
  await send('suspectViolation', {
    ...{ violationId: violation, description: { text: 'Clause 4.2.' }, source: { assertedBy: halden } },
    about: [observation],
  });
  const alleged = await send('allegeViolation', { violationId: violation, grounds: 'The usage logs.' });
  await send('submitViolationForReview', { violationId: violation });
  await send('addNote', { noteId: note, text: { text: 'Ours alone.' } });
  await send('recordDisclosure', {
    ...{ disclosureId: told, audience: 'PARTNER', toPartyId: brightwater, fromPartyId: halden, channel: 'EMAIL' },
    disclosed: [{ recordId: observation }, { recordId: violation, revision: alleged.revision }],
    ...{ reportedAt: '2025-03-11', acknowledgementDue: '2025-03-14', disclosedTlp: 'AMBER', agreement: 'NDA' },
  });
  const correction = {
    ...{ observationId: observation, description: { text: 'Fewer.' }, source: { assertedBy: halden, grade: 'B2' } },
    ...{ occurredAt: '2025-02-17/2025-03-03', subjects: [quillon], reason: 'A clock error.' },
  };
  const corrected = await send('correctObservation', correction);
  return { ids, before: opened.sequence - 1, corrected: corrected.sequence, alleged: alleged.revision, send };
}

const LISTS = ['parties', 'notifications', 'observations', 'violations', 'notes', 'disclosures', 'knowledge'];
const QUERY = `query ($id: ID!, $asOf: AsOf, $known: KnownAsOf) { case(id: $id, asOf: $asOf, knownAsOf: $known) {
  ${LISTS.map((list) => `${list} { nodes { id known } }`).join(' ')} history(first: 100) { nodes { type } } } }`;

/** What `knownAsOf`, the timeline, the ledger and the origins answer, over whichever engines the service has. */
export function describeWhatWasKnown(running: () => Service): void {
  describe('what was known, told and corroborated', () => {
    let service: Service;
    let key: string;
    let calls: Awaited<ReturnType<typeof recordCalls>>;
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

    it('sets what was told beside what we knew at that moment, or at another', async () => {
      const query = `query ($id: ID!, $to: ID, $at: AsOf) { case(id: $id) { disclosureLedger(toPartyId: $to, comparedAt: $at) { nodes {
        disclosure { id agreement disclosedTlp channel reportedAt { stated } acknowledgedAt { stated } } comparedAt isOverdue
        told { recordId recordKind revision knownRevision differences { field told known }
          record { ... on Violation { violationStatus: status grounds } ... on Observation { description { text } } } }
        untold { recordId recordKind } } } } }`;
      const { caseId, brightwater, observation, violation, note, told, call, quillon } = calls.ids;
      const ask = async (at?: object, to = brightwater) => {
        const { data, errors } = await service.ask(query, { id: caseId, to, at }, key);
        expect(errors).toBeUndefined();
        return data.case.disclosureLedger.nodes as any[];
      };
      const [then] = await ask();
      expect(then).toMatchObject({
        disclosure: { id: told, agreement: 'NDA', disclosedTlp: 'AMBER' },
        isOverdue: true,
      });
      expect(then.told).toMatchObject([
        {
          recordId: observation,
          recordKind: 'observation',
          differences: [],
          record: { description: { text: 'Usage logs.' } },
        },
        {
          ...{ recordId: violation, recordKind: 'violation', revision: calls.alleged },
          ...{ knownRevision: calls.alleged + 1, record: { violationStatus: 'ALLEGED', grounds: 'The usage logs.' } },
          differences: expect.arrayContaining([{ field: 'status', told: 'ALLEGED', known: 'UNDER_REVIEW' }]),
        },
      ]);
      const untold = (then.untold as { recordId: string }[]).map(({ recordId }) => recordId);
      expect(untold).toContain(note);
      // The disclosure itself, and what Brightwater had told or been told otherwise.
      for (const id of [told, call, quillon, observation]) expect(untold).not.toContain(id);
      const [later] = await ask({ sequence: calls.corrected });
      expect(later.told[0].differences).toContainEqual({
        ...{ field: 'description', told: { text: 'Usage logs.' }, known: { text: 'Fewer.' } },
      });
      expect(await ask(undefined, quillon)).toEqual([]);
      await calls.send('acknowledgeDisclosure', {
        disclosureId: told,
        byPartyId: brightwater,
        acknowledgedAt: '2025-03-13',
      });
      expect((await ask())[0]).toMatchObject({
        disclosure: { acknowledgedAt: { stated: '2025-03-13' } },
        isOverdue: false,
      });
    });

    it('puts all kinds in one order, honours what came first, and keeps apart what has no time', async () => {
      const { caseId, call, note, violation, told, observation } = calls.ids;
      await calls.send('linkRecords', { fromRecordId: note, linkKind: 'OCCURRED_AFTER', toRecordId: told });
      const query = `query ($id: ID!, $orderBy: TimelineOrder, $kinds: [String!], $asOf: AsOf) { case(id: $id) {
        timeline(orderBy: $orderBy, kinds: $kinds, first: 100, asOf: $asOf) { nodes {
          recordKind recordId place occurred { stated } occurredBy after record { __typename } } } } }`;
      const ask = async (variables: object) => {
        const { data, errors } = await service.ask(query, { id: caseId, ...variables }, key);
        expect(errors).toBeUndefined();
        return data.case.timeline.nodes as any[];
      };
      const kinds = ['observation', 'notification', 'violation', 'note', 'disclosure'];
      const occurred = await ask({ orderBy: 'OCCURRED', kinds });
      expect(occurred.slice(0, 4)).toMatchObject([
        { recordId: observation, place: 'DATED', occurredBy: 'occurredAt', record: { __typename: 'Observation' } },
        { recordId: call, place: 'DATED', occurred: { stated: '2025-03-03T09:10:00Z' } },
        { recordId: told, place: 'DATED', occurredBy: 'reportedAt' },
        { recordId: note, place: 'ANCHORED', occurred: null, after: [told] },
      ]);
      expect(occurred.slice(4).every(({ place }) => place === 'UNDATED')).toBe(true);
      const recorded = await ask({ orderBy: 'RECORDED', kinds });
      const order = recorded.map(({ recordId }) => recordId as string);
      expect(order.slice(0, 5)).toEqual([call, observation, violation, note, told]);
      const before = await ask({ orderBy: 'OCCURRED', kinds, asOf: { sequence: calls.before + 5 } });
      expect(before.map(({ recordId }) => recordId as string)).toEqual([call]);
    });

    it('counts the independent origins of a record and of what corroborates it', async () => {
      const { caseId, observation, call, violation, halden, brightwater } = calls.ids;
      const query = `query ($id: ID!, $recordId: ID!) { case(id: $id) { origins(recordId: $recordId) {
        count origins { parties records } corroboratedBy contradictedBy unsourced } } }`;
      const ask = (recordId: string) => service.ask(query, { id: caseId, recordId }, key);
      expect((await ask(call)).data.case.origins).toMatchObject({ count: 1, corroboratedBy: [] });
      const links = { fromRecordId: observation, linkKind: 'CORROBORATES', toRecordId: call };
      await calls.send('linkRecords', links);
      // It goes back to whom the observation goes back to.
      await calls.send('linkRecords', { ...links, toRecordId: violation });
      expect((await ask(call)).data.case.origins).toMatchObject({ count: 2, corroboratedBy: [observation] });
      const { origins } = (await ask(observation)).data.case;
      expect(origins).toMatchObject({ count: 2, contradictedBy: [], unsourced: [] });
      expect(origins.origins).toContainEqual({ parties: [brightwater], records: [call] });
      expect(origins.origins).toContainEqual({ parties: [halden], records: [observation, violation] });
      expect(codeOf(await ask(randomUUID()))).toBe('NOT_FOUND');
    });
  });
}
