import { randomUUID } from 'node:crypto';
import { ofOrganisation, PartnerService, toldUntil, typesOf } from './partner-service.js';
import { type Service } from './service.js';

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

describe('what people of outside organisations see of a case that was shared with them', () => {
  let partners: PartnerService;
  let service: Service;
  let ines: string;
  beforeAll(async () => {
    partners = await PartnerService.start();
    ({ service, ines } = partners);
  }, 60_000);
  afterEach(() => partners.cut());
  afterAll(() => partners.stop());

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
    pia = await partners.keyOf('pia', 'brightwater');
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
    const told = typesOf(await toldUntil(partners.followedBy(pia, caseId), ({ caughtUp }) => caughtUp));
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
      const live = partners.followedBy(pia, caseId, way);
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
