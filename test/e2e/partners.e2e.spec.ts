import { randomUUID } from 'node:crypto';
import { type Followed, type Following } from '../follow/followed.js';
import { followSse } from '../follow/sse.js';
import { followWebSocket } from '../follow/web-socket.js';
import { Service } from './service.js';

/** Asks for a case in every way there is, as of a moment where one is given. */
const EVERYTHING = `query ($id: ID!, $number: String!, $asOf: AsOf) {
  case(id: $id, asOf: $asOf) { ...one }
  numbered: case(number: $number, asOf: $asOf) { id }
  cases(first: 100, asOf: $asOf) { nodes { ...one } totalCount { value } }
  ordered: cases(first: 100, asOf: $asOf, orderBy: { field: TITLE }) { nodes { id title } }
}
fragment one on Case {
  id title
  notes(first: 100) { nodes { id text { text } } }
  members(first: 100) { nodes { id withHistory } }
  changes(from: { sequence: 1 }) { record field old new sequence }
  history(first: 100) { nodes { sequence type summary payload } }
}`;

describe('what people of outside organisations see of a case', () => {
  let service: Service;
  let ines: string;
  const following: Following[] = [];
  beforeAll(async () => {
    service = await Service.start();
    ines = await service.keyFor('ines');
  }, 60_000);
  afterEach(() => following.splice(0).forEach((one) => one.cut()));
  afterAll(() => service.stop());

  async function partnerKey(principal: string, organisation: string): Promise<string> {
    const input = { principal, label: principal, actorKind: 'PERSON', principalRoles: ['PARTNER'], organisation };
    const { data } = await service.command('issueKey', input, service.adminKey, 'secret');
    return data.issueKey.secret as string;
  }
  const ofOrganisation = (id: string) => ({ kind: 'ORGANISATION', id });
  const followedBy = (key: string, caseId: string, way: 'sse' | 'websocket' | 'case' = 'sse'): Following => {
    const { url } = service;
    const one =
      way === 'sse'
        ? followSse(url, key, { after: '0', cases: [caseId] })
        : followWebSocket(url, key, way === 'case' ? { after: '0', caseId } : { after: '0', cases: [caseId] });
    following.push(one);
    return one;
  };
  /** What is told up to the first that is accepted; it comes with that. */
  async function toldUntil({ told }: Following, last: (one: Followed) => boolean): Promise<Followed[]> {
    const all: Followed[] = [];
    for await (const one of told) {
      all.push(one);
      if (last(one)) return all;
    }
    throw new Error(`It ended before: ${JSON.stringify(all)}`);
  }
  const typesOf = (all: Followed[]) => all.flatMap(({ event }) => event?.type ?? []);

  describe('that was shared with them', () => {
    let caseId: string;
    let number: string;
    let early: { sequence: number; events: { id: string }[] };
    let share: number;
    let pia: string;
    const note = async (text: string, key = ines) =>
      service.done('addNote', { caseId, noteId: randomUUID(), text: { text } }, key);
    const asked = async (key: string, asOf: object | null = null) => {
      const answer = await service.ask(EVERYTHING, { id: caseId, number, asOf }, key);
      expect(answer.errors).toBeUndefined();
      return answer.data;
    };

    beforeAll(async () => {
      pia = await partnerKey('pia', 'brightwater');
      caseId = randomUUID();
      const opened = await service.done('openCase', { caseId, title: 'before the share', kind: 'CASE' }, ines);
      number = opened.case.number as string;
      const noteId = randomUUID();
      await service.done('addNote', { caseId, noteId, text: { text: 'first wording' } }, ines);
      early = await service.done('amendNote', { caseId, noteId, text: { text: 'second wording' } }, ines);
      const grantee = ofOrganisation('brightwater');
      share = (await service.done('addMember', { caseId, grantee, rights: ['READ'] }, ines)).sequence;
      await service.done('amendCase', { caseId, title: 'since the share' }, ines);
      await note('came later');
    });

    it('is what stood at the share, and whatever has come since, on every way', async () => {
      const data = await asked(pia);
      const { notes, history, changes, members } = data.case;
      expect(notes.nodes.map(({ text }: any) => text.text)).toEqual(['came later', 'second wording']);
      expect(history.nodes.map(({ type }: any) => type)).toEqual(['MemberAdded', 'CaseAmended', 'NoteAdded']);
      expect(Math.min(...changes.map(({ sequence }: any) => sequence))).toBe(share);
      expect(members.nodes).toContainEqual({ id: 'ORGANISATION/brightwater', withHistory: false });
      expect(data.cases).toMatchObject({ nodes: [{ id: caseId }], totalCount: { value: 1 } });
      expect(JSON.stringify([data, await asked(pia, { sequence: share })])).not.toContain('first wording');
      const told = typesOf(await toldUntil(followedBy(pia, caseId), ({ caughtUp }) => caughtUp));
      expect(told).toEqual(['CaseShared', 'MemberAdded', 'CaseAmended', 'NoteAdded']);
      const events = await service.ask(`{ events(after: "0", first: 100) { nodes { type } } }`, {}, pia);
      expect(events.data.events.nodes.map(({ type }: any) => type)).toEqual(expect.arrayContaining(told));
      expect(JSON.stringify(events)).not.toMatch(/CaseOpened|NoteAmended/);
    });

    it('was not there before the share: as of an earlier moment there is no such case, nor any event of before', async () => {
      const never = {
        case: null,
        numbered: null,
        cases: { nodes: [], totalCount: { value: 0 } },
        ordered: { nodes: [] },
      };
      for (const sequence of [share - 1, early.sequence]) expect(await asked(pia, { sequence })).toEqual(never);
      const [{ id }] = early.events;
      const { data } = await service.ask(`{ event(id: "${id}") { id } trace(id: "${id}") { root { id } } }`, {}, pia);
      expect(data?.event ?? null).toBeNull();
      const gone = randomUUID();
      const asOf = async (eventId: string) => {
        const answer = await service.ask(`{ cases(asOf: { eventId: "${eventId}" }) { nodes { id } } }`, {}, pia);
        return JSON.stringify(answer.errors!.map(({ message, extensions }) => [message, extensions])).replaceAll(
          eventId,
          '…',
        );
      };
      expect(await asOf(id)).toBe(await asOf(gone));
      expect((await asked(pia, { sequence: share })).case.title).toBe('before the share');
    });

    it('begins with its first event where the history is shared, until it no longer is', async () => {
      const grantee = ofOrganisation('brightwater');
      const change = (withHistory: boolean) =>
        service.done('changeMember', { caseId, grantee, rights: ['READ'], withHistory }, ines);
      await change(true);
      const { history } = (await asked(pia)).case;
      expect(history.nodes[0].type).toBe('CaseOpened');
      expect((await asked(pia, { sequence: share - 1 })).case.title).toBe('before the share');
      expect(JSON.stringify(await asked(pia))).toContain('first wording');
      await change(false);
      expect(JSON.stringify(await asked(pia))).not.toContain('first wording');
      expect((await asked(pia, { sequence: share - 1 })).case).toBeNull();
    });

    it("is read by one's own people from its first event on, however late they come", async () => {
      const iris = await service.keyFor('iris', ['AUDITOR']);
      const grantee = { kind: 'PERSON', id: 'iris' };
      await service.done('addMember', { caseId, grantee, rights: ['READ'] }, ines);
      expect((await asked(iris)).case.history.nodes[0].type).toBe('CaseOpened');
      expect((await asked(iris, { sequence: early.sequence })).case.title).toBe('before the share');
    });

    it.each(['sse', 'websocket', 'case'] as const)(
      'is gone when it is revoked, live for who follows (%s)',
      async (way) => {
        const grantee = ofOrganisation('brightwater');
        const live = followedBy(pia, caseId, way);
        await toldUntil(live, ({ caughtUp }) => caughtUp);
        await note(`seen by ${way}`);
        await toldUntil(live, ({ event }) => event?.type === 'NoteAdded');
        await service.done('removeMember', { caseId, grantee }, ines);
        expect((await asked(pia)).case).toBeNull();
        const canary = `canary${randomUUID()}`;
        await note(canary);
        // Whatever is told until the share is given anew has been told in order.
        await service.done('addMember', { caseId, grantee, rights: ['READ'] }, ines);
        const told = await toldUntil(live, ({ event }) => event?.type === 'MemberAdded');
        expect(typesOf(told)).toEqual(['CaseRevoked', 'CaseShared', 'MemberAdded']);
        expect(JSON.stringify(told)).not.toContain(canary);
        const { history, notes } = (await asked(pia)).case;
        expect(history.nodes.map(({ type }: any) => type)).toEqual(['MemberAdded']);
        // What was recorded meanwhile stands: it can be read as it is.
        expect(JSON.stringify(notes)).toContain(canary);
      },
    );
  });

  describe('that is marked', () => {
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
        pia: await partnerKey('pia', 'brightwater'),
        paul: await partnerKey('paul', 'brightwater'),
        hanna: await partnerKey('hanna', 'halden'),
        solo: await partnerKey('solo', 'meadow'),
        fay: await partnerKey('fay', 'fernhill'),
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
      const sse = await toldUntil(followedBy(key, caseId), ({ caughtUp }) => caughtUp);
      const websocket = await toldUntil(followedBy(key, caseId, 'case'), ({ caughtUp }) => caughtUp);
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
      expect(marksOf('forPaul')).toEqual([
        { ...base, recordId: ids.forPaul, tlp: 'RED', recipients: [{ id: 'paul' }] },
      ]);
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
      const live = followedBy(keys.pia, caseId, 'websocket');
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
});
