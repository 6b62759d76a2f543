import { randomUUID } from 'node:crypto';
import { followPolling } from '../follow/polling.js';
import { followSse } from '../follow/sse.js';
import { followWebSocket } from '../follow/web-socket.js';
import { type Following } from '../follow/followed.js';
import { ofOrganisation, PartnerService } from './partner-service.js';
import { Service } from './service.js';

const NIL = '00000000-0000-0000-0000-000000000000';

describe('a case that is shared long after another one named it', () => {
  it('is named to its partner by the event, however little of the feed is asked for', async () => {
    const partners = await PartnerService.start();
    try {
      const { service, ines } = partners;
      const pia = await partners.keyOf('pia', 'brightwater');
      const [caseId, named] = [randomUUID(), randomUUID()];
      for (const id of [caseId, named])
        await service.done('openCase', { caseId: id, title: 'A case', kind: 'CASE' }, ines);
      const member = { grantee: ofOrganisation('brightwater'), rights: ['READ'] };
      await service.done('addMember', { caseId, ...member }, ines);
      const relation = { caseId, otherCaseId: named, caseRelationKind: 'RELATED' };
      const { sequence } = await service.done('relateCases', relation, ines);
      // More than are looked through at once.
      for (let n = 0; n < 21; n++) {
        const notes = Array.from({ length: 100 }, () => ({ caseId, text: { text: 'Of it.' } }));
        await Promise.all(notes.map((note) => service.command('addNote', note, ines, 'revision')));
      }
      await service.done('addMember', { caseId: named, ...member }, ines);
      const query = `query ($after: String, $first: Int) { events(after: $after, first: $first) { nodes { type payload } } }`;
      for (const first of [1, 100]) {
        const { data } = await service.ask(query, { after: `${sequence - 1}`, first }, pia);
        expect(data.events.nodes[0]).toMatchObject({ type: 'CasesRelated', payload: { otherCaseId: named } });
      }
    } finally {
      await partners.stop();
    }
  }, 60_000);
});

describe('a case that is restricted once other cases name it', () => {
  let service: Service;
  let [ines, rosa] = ['', ''];
  const [related, merged, named, into] = Array.from({ length: 4 }, () => randomUUID());
  beforeAll(async () => {
    service = await Service.start();
    ines = await service.keyFor('ines');
    rosa = await service.keyFor('rosa');
    for (const caseId of [related, merged, named, into])
      await service.done('openCase', { caseId, title: 'A case', kind: 'CASE' }, ines);
    const relation = { otherCaseId: named, caseRelationKind: 'RELATED' };
    await service.done('relateCases', { caseId: related, ...relation }, ines);
    await service.done('mergeCase', { caseId: merged, intoCaseId: into }, ines);
    for (const caseId of [named, into]) await service.done('restrictCase', { caseId, reason: 'A source.' }, ines);
  });
  afterAll(() => service.stop());

  const namingOf = (events: { type: string }[]) =>
    events.filter(({ type }) => ['CasesRelated', 'CaseMergedInto'].includes(type));
  const withheld = [
    { type: 'CasesRelated', payload: { otherCaseId: NIL } },
    { type: 'CaseMergedInto', payload: { intoCaseId: NIL } },
  ];

  it('is named to nobody else by the history and the changes of those cases, now or then', async () => {
    const query = `query ($one: ID!, $other: ID!, $from: AsOf!, $asOf: AsOf) {
      one: case(id: $one, asOf: $asOf) { ...view } other: case(id: $other, asOf: $asOf) { ...view } }
      fragment view on Case { history { nodes { type summary payload
        data { ... on CasesRelated { otherCaseId } ... on CaseMergedInto { intoCaseId } } } }
        changes(from: $from) { field new } }`;
    const head = await service.logHead();
    for (const asOf of [null, { sequence: head - 2 }]) {
      const variables = { one: related, other: merged, from: { sequence: 1 }, asOf };
      const { data, errors } = await service.ask(query, variables, rosa);
      expect(errors).toBeUndefined();
      const events = [...data.one.history.nodes, ...data.other.history.nodes];
      expect(namingOf(events)).toMatchObject(withheld);
      expect(data.other.changes).toContainEqual({ field: 'mergedInto', new: NIL });
      expect(JSON.stringify(data)).not.toMatch(new RegExp(`${named}|${into}`));
      // Whoever may see them is told as before.
      const seen = JSON.stringify((await service.ask(query, variables, ines)).data);
      for (const id of [named, into]) expect(seen).toContain(id);
    }
  });

  it.each([
    ['WebSocket', followWebSocket],
    ['server-sent events', followSse],
    ['long polling', followPolling],
  ])('is named to nobody else who follows by %s', async (_way, follow) => {
    const toldTo = async (key: string): Promise<{ id: string; type: string }[]> => {
      const following: Following = follow(service.url, key, {});
      const events: { id: string; type: string }[] = [];
      for await (const { event, caughtUp } of following.told) {
        if (event) events.push(event);
        if (caughtUp) break;
      }
      following.cut();
      return namingOf(events) as { id: string; type: string }[];
    };
    const told = await toldTo(rosa);
    expect(told).toMatchObject(withheld);
    expect(await toldTo(ines)).toMatchObject([{ payload: { otherCaseId: named } }, { payload: { intoCaseId: into } }]);
    for (const [n, { id }] of told.entries()) {
      const { data } = await service.ask('query ($id: ID!) { event(id: $id) { type payload } }', { id }, rosa);
      expect(data.event).toMatchObject(withheld[n]);
    }
  });
});
