import { recordCaseInSteps, type Step } from './case-in-steps.js';
import { codeOf } from './code-of.js';
import { type Answer } from './api.js';
import { Service } from './service.js';

const CASE_FIELDS = `id number title status resolution resolutionReason revision openPeriods { from to }
  parties { nodes { id name } }
  observations { nodes { id status revision description { text } quantities { of exact min max } } }
  notes { nodes { id status text { text } } }
  history(first: 100) { nodes { sequence type } }`;

describe('a case as of a past moment', () => {
  let service: Service;
  let { caseId, number, observationId, partyId, noteId, step } = {} as Awaited<ReturnType<typeof recordCaseInSteps>>;
  beforeAll(async () => {
    service = await Service.start();
    ({ caseId, number, observationId, partyId, noteId, step } = await recordCaseInSteps(service));
  });
  afterAll(() => service.stop());

  const caseAt = async (asOf: object | null, fields = CASE_FIELDS, key: object = { id: caseId }): Promise<Answer> =>
    service.ask(
      `query ($id: ID, $number: String, $asOf: AsOf) { case(id: $id, number: $number, asOf: $asOf) { ${fields} } }`,
      { ...key, asOf },
    );
  const atStep = (name: string) => ({ sequence: step[name].sequence });

  it('shows what stood in the log then: records, status, revision and history', async () => {
    const { data } = await caseAt(atStep('observed'));
    expect(data.case).toMatchObject({
      ...{ id: caseId, number, title: 'First title', status: 'OPEN', resolution: null, revision: 2 },
      openPeriods: [{ from: '2025-01', to: null }],
      parties: { nodes: [{ id: partyId, name: 'Halden' }] },
      observations: {
        nodes: [{ id: observationId, status: 'RECORDED', revision: 2, description: { text: 'Forty-four accounts.' } }],
      },
      notes: { nodes: [] },
      history: {
        nodes: [
          { type: 'CaseOpened', sequence: step.opened.sequence },
          { type: 'PartyAdded' },
          { type: 'SuspiciousActivityObserved', sequence: step.observed.sequence },
        ],
      },
    });
  });

  it('shows a corrected observation as it was and as it became', async () => {
    const observed = async (name: string) => {
      const { data } = await caseAt(atStep(name));
      const [{ status, description, quantities }] = data.case.observations.nodes;
      return [status, description.text, quantities[0].exact];
    };
    expect(await observed('noted')).toEqual(['RECORDED', 'Forty-four accounts.', 44]);
    expect(await observed('corrected')).toEqual(['CORRECTED', 'Thirty-one accounts.', 31]);
    expect((await caseAt(atStep('party'))).data.case.observations.nodes).toEqual([]);
  });

  it('keeps every open period, with both ends as stated, else as recorded', async () => {
    const periods = async (name: string) => (await caseAt(atStep(name))).data.case.openPeriods;
    const first = { from: '2025-01', to: '2025-03-18' };
    const second = { from: step.reopened.recordedAt, to: step.closedAgain.recordedAt };
    expect(await periods('closed')).toEqual([first]);
    expect(await periods('reopened')).toEqual([first, { ...second, to: null }]);
    expect(await periods('closedAgain')).toEqual([first, second]);
    expect(await periods('reopenedAgain')).toEqual([first, second, { from: '2025-05', to: null }]);
    const { data } = await caseAt(atStep('closed'));
    expect(data.case).toMatchObject({ status: 'CLOSED', resolution: 'UNSUBSTANTIATED', resolutionReason: 'Thin.' });
  });

  it.each(['opened', 'party', 'observed', 'noted', 'corrected', 'amended', 'closed', 'reopened', 'closedAgain'])(
    'answers alike by sequence, event and time, by id and number: %s',
    async (name) => {
      const { sequence, id: eventId } = step[name];
      const bySequence = await caseAt({ sequence });
      expect(bySequence.errors).toBeUndefined();
      expect(bySequence.extensions!.asOf.fields).toEqual({ case: sequence });
      expect((await caseAt({ sequence: String(sequence) })).data).toEqual(bySequence.data);
      expect((await caseAt({ eventId })).data).toEqual(bySequence.data);
      expect((await caseAt({ sequence }, CASE_FIELDS, { number })).data).toEqual(bySequence.data);

      // Several events can share a millisecond: a time means the last of them.
      const time = step[name].recordedAt;
      const last = Object.values(step).findLast(({ recordedAt }) => recordedAt <= time)!;
      const byTime = await caseAt({ time });
      expect(byTime.extensions!.asOf.fields).toEqual({ case: last.sequence });
      expect(byTime.data).toEqual((await caseAt({ sequence: last.sequence })).data);
      const elsewhere = time.replace('Z', '+00:00');
      expect((await caseAt({ time: elsewhere })).data).toEqual(byTime.data);
    },
  );

  it('reads a time between two events as the earlier, whatever its offset', async () => {
    const before = new Date(Date.parse(step.opened.recordedAt) - 1).toISOString();
    expect((await caseAt({ time: before })).data).toEqual({ case: null });
    const later = new Date(Date.parse(step.reopenedAgain.recordedAt) + 1);
    const shifted = new Date(later.getTime() + 5.5 * 3_600_000).toISOString().replace('Z', '+05:30');
    const { data, extensions } = await caseAt({ time: shifted });
    expect(extensions!.asOf.fields).toEqual({ case: step.reopenedAgain.sequence });
    expect(data).toEqual((await caseAt(null)).data);
  });

  it('answers null before the case existed, and without it in lists and counts', async () => {
    const sequence = step.opened.sequence - 1;
    expect((await caseAt({ sequence })).data).toEqual({ case: null });
    expect((await caseAt({ sequence }, 'id', { number })).data).toEqual({ case: null });
    const { data } = await service.ask(
      `{ cases(asOf: { sequence: ${sequence} }) { nodes { id } totalCount { value } } }`,
    );
    expect(data.cases).toEqual({ nodes: [], totalCount: { value: 0 } });
  });

  it('answers lists, filters, orders and counts as of then', async () => {
    const list = (asOf: number, filter: string) =>
      service.ask(`{ cases(asOf: { sequence: ${asOf} }, filter: ${filter}, orderBy: { field: TITLE }) {
        nodes { title status revision observations { nodes { description { text } } } } totalCount { value exact } } }`);
    const found = await list(step.observed.sequence, '{ title: { eq: "first TITLE" } }');
    expect(found.data.cases).toEqual({
      nodes: [
        {
          ...{ title: 'First title', status: 'OPEN', revision: 2 },
          observations: { nodes: [{ description: { text: 'Forty-four accounts.' } }] },
        },
      ],
      totalCount: { value: 1, exact: true },
    });
    const gone = await list(step.amended.sequence, '{ title: { eq: "first title" } }');
    expect(gone.data.cases).toEqual({ nodes: [], totalCount: { value: 0, exact: true } });
    const closed = await list(step.closed.sequence, '{ status: { eq: CLOSED } }');
    expect(closed.data.cases).toMatchObject({ nodes: [{ status: 'CLOSED', revision: 6 }], totalCount: { value: 1 } });
    expect((await list(step.reopened.sequence, '{ status: { eq: CLOSED } }')).data.cases.nodes).toEqual([]);
  });

  it('tells what changed between two moments, with author, event and reason', async () => {
    const changes =
      'changes(from: $from, to: $to) { record recordKind field old new sequence eventId actor { id } reason }';
    const between = (from: object, to: object | null, asOf: object | null = null) =>
      service.ask(
        `query ($id: ID!, $from: AsOf!, $to: AsOf, $asOf: AsOf) { case(id: $id, asOf: $asOf) { ${changes} } }`,
        { id: caseId, from, to, asOf },
      );
    const corrected = await between(atStep('noted'), { eventId: step.corrected.id });
    const common = {
      ...{
        record: observationId,
        recordKind: 'observation',
        sequence: step.corrected.sequence,
        eventId: step.corrected.id,
      },
      ...{ actor: { id: 'investigator' }, reason: 'A clock error.' },
    };
    expect(corrected.data.case.changes).toEqual(
      expect.arrayContaining([
        {
          ...common,
          field: 'description',
          old: { text: 'Forty-four accounts.' },
          new: { text: 'Thirty-one accounts.' },
        },
        {
          ...common,
          field: 'quantities',
          old: [expect.objectContaining({ exact: 44 })],
          new: [expect.objectContaining({ exact: 31 })],
        },
        { ...common, field: 'status', old: 'RECORDED', new: 'CORRECTED' },
      ]),
    );
    expect(corrected.data.case.changes).toHaveLength(3);

    const fresh = await between(atStep('observed'), atStep('noted'));
    expect(fresh.data.case.changes).toContainEqual(
      expect.objectContaining({
        record: noteId,
        recordKind: 'note',
        field: 'text',
        old: null,
        new: { text: 'Check the clocks.' },
        reason: null,
      }),
    );
    // Up to the moment the case is read at, unless told.
    const upTo = await between(atStep('corrected'), null, atStep('amended'));
    expect(upTo.data.case.changes).toEqual([
      expect.objectContaining({
        record: caseId,
        recordKind: 'case',
        field: 'title',
        old: 'First title',
        new: 'Second title',
        reason: 'Clearer.',
      }),
    ]);
    const all = await between({ sequence: 1 }, null);
    const sequences = all.data.case.changes.map(({ sequence }: Step) => sequence) as number[];
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    expect(sequences.at(-1)).toBe(step.reopenedAgain.sequence);
    expect((await between(atStep('noted'), atStep('noted'))).data.case.changes).toEqual([]);

    const backwards = await between(atStep('corrected'), atStep('noted'));
    expect(codeOf(backwards)).toBe('VALIDATION_FAILED');
    expect(backwards.errors![0].extensions.violations).toEqual([
      { path: 'from', code: 'ORDER', message: expect.stringContaining('must not be after') },
    ]);
    expect(codeOf(await between({ sequence: 10 ** 9 }, null))).toBe('AS_OF_OUT_OF_RANGE');
    expect(codeOf(await between({}, null))).toBe('VALIDATION_FAILED');
  });

  it('says in extensions what each root field was read at', async () => {
    const { data, extensions } = await service.ask(
      `query ($id: ID!, $a: Sequence, $b: ID) {
        then: case(id: $id, asOf: { sequence: $a }) { title }
        later: case(id: $id, asOf: { eventId: $b }) { title }
        now: case(id: $id) { title }
        cases(asOf: { sequence: $a }) { nodes { title } }
        all: cases { nodes { title } }
        events(after: "0", first: 1) { head }
      }`,
      { id: caseId, a: step.observed.sequence, b: step.amended.id },
    );
    expect(data).toMatchObject({
      then: { title: 'First title' },
      later: { title: 'Second title' },
      now: { title: 'Second title' },
      cases: { nodes: [{ title: 'First title' }] },
      all: { nodes: [{ title: 'Second title' }] },
    });
    const { logId } = (await service.ask('{ events(after: "0", first: 1) { nodes { payload } } }')).data.events.nodes[0]
      .payload;
    expect(extensions).toEqual({
      asOf: {
        sequence: data.events.head,
        recordedAt: step.reopenedAgain.recordedAt,
        logId,
        software: expect.stringMatching(/^caseledger \d+\.\d+\.\d+/),
        fields: { then: step.observed.sequence, later: step.amended.sequence, cases: step.observed.sequence },
      },
    });
  });
});
