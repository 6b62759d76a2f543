import { randomUUID } from 'node:crypto';
import { ofOrganisation, PartnerService, toldUntil, typesOf } from './partner-service.js';
import { type Service } from './service.js';

describe('what people of outside organisations see of a case that is marked', () => {
  let partners: PartnerService;
  let service: Service;
  let ines: string;
  beforeAll(async () => {
    partners = await PartnerService.start();
    ({ service, ines } = partners);
  }, 60_000);
  afterEach(() => partners.cut());
  afterAll(() => partners.stop());

  const caseId = randomUUID();
  const [brightwater, halden] = [ofOrganisation('brightwater'), ofOrganisation('halden')];
  const paul = { kind: 'PERSON', id: 'paul' };
  const keys: Record<string, string> = {};
  /** What each of the records is marked. */
  const marked = {
    unmarked: null,
    clear: { tlp: 'CLEAR' },
    green: { tlp: 'GREEN' },
    ofBrightwater: { tlp: 'AMBER', originator: { organisation: 'brightwater' } },
    forClients: { tlp: 'AMBER', originator: { organisation: 'brightwater' }, recipients: [halden] },
    strict: { tlp: 'AMBER_STRICT', pap: 'RED' },
    ofHalden: { tlp: 'AMBER_STRICT', originator: { organisation: 'halden' } },
    forPaul: { tlp: 'RED', recipients: [paul] },
    forNobody: { tlp: 'RED' },
  };
  type Name = keyof typeof marked;
  const names = Object.keys(marked) as Name[];
  const ids = Object.fromEntries(names.map((name) => [name, randomUUID()])) as Record<Name, string>;
  const canaries = Object.fromEntries(names.map((name) => [name, `canary-${name}-${randomUUID()}`])) as Record<
    Name,
    string
  >;

  beforeAll(async () => {
    Object.assign(keys, {
      ines,
      pia: await partners.keyOf('pia', 'brightwater'),
      paul: await partners.keyOf('paul', 'brightwater'),
      hanna: await partners.keyOf('hanna', 'halden'),
      solo: await partners.keyOf('solo', 'meadow'),
      fay: await partners.keyOf('fay', 'fernhill'),
    });
    await service.done('openCase', { caseId, title: 'marked', kind: 'CASE', restricted: true }, ines);
    for (const grantee of [brightwater, halden, { kind: 'PERSON', id: 'solo' }]) {
      await service.done('addMember', { caseId, grantee, rights: ['READ'], withHistory: true }, ines);
    }
    for (const [name, mark] of Object.entries(marked) as [Name, object | null][]) {
      const noteId = ids[name];
      await service.done('addNote', { caseId, noteId, text: { text: canaries[name] } }, ines);
      if (mark) await service.done('markRecord', { caseId, recordId: noteId, ...mark }, ines);
    }
    const about = Object.values(ids);
    await service.done('addNote', { caseId, noteId: randomUUID(), text: { text: 'about all' }, about }, ines);
  });

  const list = `nodes { id marks { recordId tlp pap originator { organisation } recipients { id } } }`;
  const everything = `query ($id: ID!, $asOf: AsOf) {
    case(id: $id, asOf: $asOf) { ...one } cases(first: 9, asOf: $asOf) { nodes { ...one } }
    events(after: "0", first: 100, cases: [$id]) { nodes { type summary payload marks { tlp } } } }
    fragment one on Case { id marks { tlp } notes(first: 50) { ${list} } noted: notes(first: 50) { nodes { text { text } about } }
      markings(first: 50) { nodes { id marks { tlp reason } } } changes(from: { sequence: 1 }) { record new }
      history(first: 100) { nodes { payload summary } } }`;
  const read = async (key: string, asOf: object | null = null) => {
    const { data, errors } = await service.ask(everything, { id: caseId, asOf }, key);
    expect(errors).toBeUndefined();
    return data;
  };

  it.each<[string, Name[]]>([
    ['ines', names],
    ['pia', ['unmarked', 'clear', 'green', 'ofBrightwater', 'forClients']],
    ['paul', ['unmarked', 'clear', 'green', 'ofBrightwater', 'forClients', 'forPaul']],
    ['hanna', ['unmarked', 'clear', 'green', 'forClients', 'ofHalden']],
    ['solo', ['unmarked', 'clear']],
  ])('%s receives what the marks let them, on every way, and no word or id of the rest', async (who, received) => {
    const key = keys[who];
    const sse = await toldUntil(partners.followedBy(key, caseId), ({ caughtUp }) => caughtUp);
    const websocket = await toldUntil(partners.followedBy(key, caseId, 'case'), ({ caughtUp }) => caughtUp);
    const answers = [await read(key), await read(key, { sequence: await service.logHead() }), sse, websocket];
    for (const text of answers.map((answer) => JSON.stringify(answer))) {
      expect(names.filter((name) => text.includes(canaries[name]))).toEqual(received);
      expect(names.filter((name) => text.includes(ids[name]))).toEqual(received);
    }
    for (const name of names) {
      const command = { caseId, text: { text: 'about it' }, about: [ids[name]] };
      const { errors } = await service.command('addNote', command, key);
      // Readers record nothing: whoever reads it is told so in the same words whether or not there is such a record.
      expect(errors?.[0].extensions.code).toBe(who === 'ines' ? undefined : 'FORBIDDEN');
    }
  });

  it('says with each case, record and event what it is marked, and by whose word', async () => {
    const { case: one, events } = await read(keys.paul);
    const marksOf = (name: Name) => one.notes.nodes.find(({ id }: any) => id === ids[name]).marks;
    expect(one.marks).toEqual([]);
    expect(marksOf('unmarked')).toEqual([]);
    const base = { pap: null, originator: null, recipients: [] };
    expect(marksOf('forPaul')).toEqual([{ ...base, recordId: ids.forPaul, tlp: 'RED', recipients: [{ id: 'paul' }] }]);
    expect(marksOf('ofBrightwater')).toEqual([
      { ...base, recordId: ids.ofBrightwater, tlp: 'AMBER', originator: { organisation: 'brightwater' } },
    ]);
    const red = events.nodes.filter(({ marks }: any) => marks.some(({ tlp }: any) => tlp === 'RED'));
    expect(red.map(({ type }: any) => type)).toEqual(['NoteAdded', 'RecordMarked']);
    expect(JSON.stringify(red)).toContain(canaries.forPaul);
    const [told] = (
      await service.ask(`query ($id: ID!) { case(id: $id) { notes(first: 50) { ${list} } } }`, { id: caseId }, ines)
    ).data.case.notes.nodes.filter(({ id }: any) => id === ids.strict);
    expect(told.marks).toEqual([{ ...base, recordId: ids.strict, tlp: 'AMBER_STRICT', pap: 'RED' }]);
  });

  it('is lowered by its originator’s consent alone, and shows from then on', async () => {
    const originator = { organisation: 'brightwater' };
    const recordId = ids.ofBrightwater;
    const lower = () =>
      service.command('markRecord', { caseId, recordId, tlp: 'GREEN', originator }, ines, 'sequence readModel');
    expect((await lower()).errors).toMatchObject([{ extensions: { code: 'CONSENT_NEEDED' } }]);
    expect(JSON.stringify(await read(keys.hanna))).not.toContain(canaries.ofBrightwater);
    await service.done(
      'recordOriginatorConsent',
      {
        ...{ caseId, markedId: recordId, tlp: 'GREEN', originator },
        ...{ consentedBy: 'Mara Lind, CISO', consentedAt: '2025-02-01', channel: 'PHONE' },
      },
      ines,
    );
    expect((await lower()).data.markRecord.readModel).toBe('CURRENT');
    const shown = await read(keys.hanna);
    expect(JSON.stringify(shown)).toContain(canaries.ofBrightwater);
    expect(JSON.stringify(await read(keys.hanna, { sequence: await service.logHead() }))).toContain(
      canaries.ofBrightwater,
    );
    const raised = { caseId, recordId, tlp: 'RED' };
    await service.done('markRecord', raised, ines);
    expect(JSON.stringify(await read(keys.pia))).not.toContain(canaries.ofBrightwater);
  });

  it('is not there at all for whom the mark of the case does not let: each is told in the feed', async () => {
    const live = partners.followedBy(keys.pia, caseId, 'websocket');
    await toldUntil(live, ({ caughtUp }) => caughtUp);
    await service.done('markCase', { caseId, tlp: 'RED', recipients: [paul] }, ines);
    const gone = await read(keys.pia);
    expect(gone.case).toBeNull();
    expect(JSON.stringify(gone.cases)).not.toContain(caseId);
    expect(gone.events.nodes.map(({ type }: any) => type)).toEqual(['CaseShared', 'CaseRevoked']);
    expect((await read(keys.paul)).case.marks).toEqual([{ tlp: 'RED' }]);
    expect((await read(ines)).case.marks).toEqual([{ tlp: 'RED' }]);
    expect((await service.command('addNote', { caseId, text: { text: 'x' } }, keys.pia)).errors).toMatchObject([
      { extensions: { code: 'NOT_FOUND' } },
    ]);
    // Whoever comes to be a member now is not told of a case that it does not receive.
    const grantee = ofOrganisation('fernhill');
    await service.done('addMember', { caseId, grantee, rights: ['READ'] }, ines);
    expect((await read(keys.fay)).events.nodes).toEqual([]);
    await service.done('markCase', { caseId, tlp: 'GREEN' }, ines);
    const told = await toldUntil(live, ({ event }) => event?.type === 'CaseMarked');
    expect(typesOf(told)).toEqual(['CaseRevoked', 'CaseShared', 'CaseMarked']);
    const late = await read(keys.fay);
    expect(late.case.id).toBe(caseId);
    expect(late.events.nodes.map(({ type }: any) => type)).toEqual(['MemberAdded', 'CaseShared', 'CaseMarked']);
  });
});
