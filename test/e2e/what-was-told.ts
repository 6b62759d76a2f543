import { randomUUID } from 'node:crypto';
import { type Calls, recordCalls } from './calls-by-telephone.js';
import { codeOf } from './code-of.js';
import { type Service } from './service.js';

/** What the ledger, the timeline and the origins answer, over whichever engines the service has. */
export function describeWhatWasTold(running: () => Service): void {
  describe('what was told, in which order, and corroborated by whom', () => {
    let service: Service;
    let key: string;
    let calls: Calls;
    beforeAll(async () => {
      service = running();
      key = await service.keyFor('kim');
      calls = await recordCalls(service, key);
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
      const before = await ask({ orderBy: 'OCCURRED', kinds, asOf: { sequence: calls.received } });
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
