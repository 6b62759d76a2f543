import { type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { withoutNulls } from '#event-sourcing/event.js';
import { type FullCase, recordFullCase } from './full-case.js';
import { everythingOf, schemaOf } from './selections.js';
import { Service } from './service.js';
import { describeWhatWasKnown } from './what-was-known.js';
import { describeWhatWasTold } from './what-was-told.js';

/** Each list of a case: its type, and by what its first record was recorded and last changed. */
const LISTS = {
  parties: ['Party', 'addParty', 'amendParty'],
  partyRelations: ['PartyRelation', 'recordPartyRelation', 'correctPartyRelation'],
  identifiers: ['Identifier', 'recordIdentifier', 'correctIdentifier'],
  identities: ['Identity', 'assessIdentity', 'correctIdentity'],
  attributions: ['Attribution', 'assessAttribution', 'correctAttribution'],
  techniques: ['Technique', 'suspectTechnique', 'correctTechnique'],
  exhibits: ['Exhibit', 'recordExhibit', 'correctExhibit'],
  observations: ['Observation', 'observeSuspiciousActivity', 'correctObservation'],
  notifications: [
    'Notification',
    'receivePartnerNotification',
    'correctReceivedNotification',
    'acknowledgeNotification',
  ],
  violations: ['Violation', 'suspectViolation', 'allegeViolation', 'correctViolation', 'submitViolationForReview'],
  notes: ['Note', 'addNote', 'amendNote'],
  questions: ['Question', 'raiseQuestion', 'correctQuestion', 'assignQuestion'],
  findings: ['Finding', 'recordFinding', 'correctFinding'],
  links: ['Link', 'linkRecords', 'correctLink'],
  knowledge: ['Knowledge', 'recordKnowledge', 'correctKnowledge'],
  disclosures: ['Disclosure', 'recordDisclosure', 'correctDisclosure', 'acknowledgeDisclosure'],
} as const;
const TIMES = new Set([
  'firstSeenAt',
  'lastSeenAt',
  'period',
  'assessedAt',
  'collectedAt',
  'occurredAt',
  'observedAt',
  'reportedAt',
  'learnedAt',
  'acknowledgedAt',
  'acknowledgementDue',
]);
/** What commands have in common, and what is told of a change in history alone. */
const NOT_OF_THE_RECORD = new Set(['caseId', 'commandId', 'correlationId']);

describe('the records of a case', () => {
  let service: Service;
  let schema: GraphQLSchema;
  let full: FullCase;
  beforeAll(async () => {
    service = await Service.start();
    schema = await schemaOf(service);
    full = await recordFullCase(service, await service.keyFor('ines'), await service.keyFor('rosa'));
  });
  afterAll(() => service.stop());

  describeWhatWasKnown(() => service);
  describeWhatWasTold(() => service);

  const read = async (list: keyof typeof LISTS): Promise<Record<string, any>[]> => {
    const everything = everythingOf(schema.getType(LISTS[list][0]) as GraphQLObjectType);
    const { data, errors } = await service.ask(
      `query ($id: ID!) { case(id: $id) { ${list} { nodes ${everything} } } }`,
      { id: full.caseId },
    );
    expect(errors).toBeUndefined();
    return data.case[list].nodes;
  };

  it.each(Object.keys(LISTS) as (keyof typeof LISTS)[])(
    'answer what was recorded, under the same names: %s',
    async (list) => {
      const [, ...commands] = LISTS[list];
      const idField = Object.keys(full.ids).find((field) => Object.hasOwn(full.inputs[commands[0]], field))!;
      const said = commands.reduce((fields, name) => ({ ...fields, ...full.inputs[name] }), {}) as Record<string, any>;
      const expected = Object.entries(said).flatMap(([field, value]): [string, unknown][] => {
        if (NOT_OF_THE_RECORD.has(field) || field === 'reason') return [];
        if (field === idField) return [['id', value]];
        return [[field, TIMES.has(field) ? expect.objectContaining({ stated: value }) : value]];
      });
      const records = await read(list);
      const record = records.find(({ id }) => id === said[idField])!;
      expect(withoutNulls(record)).toMatchObject({
        ...Object.fromEntries(expected),
        recordedBy: { id: 'ines', name: 'ines', kind: 'PERSON' },
        recordedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        revision: expect.any(Number),
        status: expect.stringMatching(/^[A-Z_]+$/),
      });
    },
  );

  it('answer the case itself', async () => {
    const everything = everythingOf(schema.getType('Case') as GraphQLObjectType);
    const { data } = await service.ask(`query ($id: ID!) { case(id: $id) ${everything} }`, { id: full.caseId });
    const { title, kind, description } = full.inputs.amendCase;
    expect(data.case).toMatchObject({
      ...{ id: full.caseId, title, kind, description, status: 'OPEN', resolution: null, resolutionReason: null },
      number: expect.stringMatching(/^CASE-\d{4}-0001$/),
      occurredAt: { stated: '2025-01~', earliest: '2025-01-01T00:00:00.000Z', latest: '2025-01-31T23:59:59.999Z' },
      openPeriods: [
        { from: '2025-01~', to: '2025-03-18' },
        { from: '2025-03-20', to: null },
      ],
      recordedBy: { id: 'ines', kind: 'PERSON' },
      // A record is marked twice, a party added to be retracted, of one subject two things are held, and two exhibits.
      revision: Object.keys(full.inputs).length + 5,
    });
  });

  it('stand where their last command left them', async () => {
    const statusOf = async (list: keyof typeof LISTS) => (await read(list)).map(({ status }) => status as string);
    expect(await statusOf('parties')).toEqual(['RETRACTED', 'AMENDED', 'RECORDED']);
    expect(await statusOf('observations')).toEqual(['WITHDRAWN']);
    expect(await statusOf('notifications')).toEqual(['WITHDRAWN', 'ACKNOWLEDGED']);
    expect(await statusOf('notes')).toEqual(['RETRACTED']);
    const [violation] = await read('violations');
    expect(violation).toMatchObject({
      ...{ status: 'DISMISSED', reason: 'The licence covers it.', findings: null, confirmedBy: null },
      ...{ reviewedRevision: null, submittedBy: { id: 'ines' } },
    });
    const directions = (await read('notifications')).map(({ direction }) => direction as string);
    expect(directions).toEqual(['SENT', 'RECEIVED']);
  });

  it('are told apart from what was taken back, in whichever way', async () => {
    const { data } = await service.ask(
      `query ($id: ID!) { case(id: $id) { retractions { nodes { id recordKind reason recordedBy { id } } } } }`,
      { id: full.caseId },
    );
    const { recordId } = full.inputs.retractRecord;
    const sent = full.inputs.withdrawNotification.notificationId;
    expect(data.case.retractions.nodes).toEqual([
      { id: recordId, recordKind: 'party', reason: 'Of another case.', recordedBy: { id: 'ines' } },
      { id: sent, recordKind: 'notification', reason: 'Sent in error.', recordedBy: { id: 'ines' } },
      { id: full.ids.observationId, recordKind: 'observation', reason: 'A misreading.', recordedBy: { id: 'ines' } },
      { id: full.ids.noteId, recordKind: 'note', reason: 'Answered.', recordedBy: { id: 'ines' } },
    ]);
  });

  it('tell each view of an assessment, and what competes with it', async () => {
    const { attributionId } = full.ids;
    const rival = full.inputs.reviseAssessment.recordId;
    const views = `views(first: $first) { pageInfo { hasNextPage endCursor }
      nodes { attributionKind likelihood reason viewRecordedBy { id } evidence { evidenceId bearing } } }`;
    const query = `query ($id: ID!, $first: Int) { case(id: $id) {
      attributions { nodes { id ${views} competing } } } }`;
    const asked = async (variables: object) => {
      const { data, errors } = await service.ask(query, { id: full.caseId, ...variables });
      expect(errors).toBeUndefined();
      const nodes = data.case.attributions.nodes as { id: string; views: any; competing: string[] }[];
      return [attributionId, rival].map((id) => nodes.find((node) => node.id === id)!);
    };
    const [corrected, revised] = await asked({ first: 100 });
    const view = (over: object) => ({ viewRecordedBy: { id: 'ines' }, evidence: [], reason: null, ...over });
    expect(corrected.views.nodes).toEqual([
      view({ attributionKind: 'ACTS_FOR', likelihood: 'LIKELY', reason: 'Misread.' }),
      view({ attributionKind: 'LINKED_TO', likelihood: 'LIKELY' }),
    ]);
    const changed = { attributionKind: 'LINKED_TO', likelihood: 'UNLIKELY', reason: 'The dates do not fit.' };
    const weighed = [{ evidenceId: full.ids.observationId, bearing: 'AGAINST' }];
    expect(revised.views.nodes).toEqual([
      view({ ...changed, evidence: weighed }),
      view(changed),
      view({ attributionKind: 'LINKED_TO', likelihood: 'LIKELY' }),
    ]);
    expect([corrected.competing, revised.competing]).toEqual([[rival], [attributionId]]);
    const [, { views: first }] = await asked({ first: 2 });
    expect(first).toEqual({
      nodes: revised.views.nodes.slice(0, 2),
      pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
    });
  });

  it('are those of their case alone, though another has records of the same ids', async () => {
    const noteId = full.ids.noteId;
    const before = await read('notes');
    const { case: other } = await service.done('openCase', { title: 'Other', kind: 'CASE' });
    await service.done('addNote', { caseId: other.id, noteId, text: { text: 'Of the other case.' } });
    const amending = { caseId: other.id, noteId, text: { text: 'Amended there.' } };
    const { sequence: amended } = await service.done('amendNote', amending);
    expect(await read('notes')).toEqual(before);
    const query = `query ($id: ID!, $then: Sequence) {
      now: case(id: $id) { notes { nodes { id status text { text } } } changes(from: { sequence: $then }) { record new } } }`;
    const { data, errors } = await service.ask(query, { id: other.id, then: amended - 1 });
    expect(errors).toBeUndefined();
    expect(data.now.notes.nodes).toEqual([{ id: noteId, status: 'AMENDED', text: { text: 'Amended there.' } }]);
    expect(data.now.changes).toContainEqual({ record: noteId, new: { text: 'Amended there.' } });
  });

  it('give the bounds of the widest reading of every time', async () => {
    const [observation] = await read('observations');
    expect(observation.occurredAt).toEqual({
      ...{ stated: '2024-09/2024-11', earliest: '2024-09-01T00:00:00.000Z', latest: '2024-11-30T23:59:59.999Z' },
    });
    const [, received] = await read('notifications');
    expect(received.learnedAt).toMatchObject({ stated: '2025-01-24T11:00:00Z', earliest: '2025-01-24T11:00:00.000Z' });
  });
});
