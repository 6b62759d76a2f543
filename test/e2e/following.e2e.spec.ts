import { randomUUID } from 'node:crypto';
import { type Following, type Wanted } from '../follow/followed.js';
import { followPolling } from '../follow/polling.js';
import { followSse } from '../follow/sse.js';
import { eventsOf, untilCaughtUp } from '../follow/until-caught-up.js';
import { followWebSocket, webSocketClient } from '../follow/web-socket.js';
import { type FullCase, recordFullCase } from './full-case.js';
import { Service } from './service.js';

type Way = (url: string, key: string, wanted: Wanted) => Following;
const ways: [string, Way][] = [
  ['WebSocket', followWebSocket],
  ['server-sent events', followSse],
  ['long polling', followPolling],
];

describe('following the events', () => {
  let service: Service;
  let investigator: string;
  let full: FullCase;
  let other: string;
  const open: Following[] = [];
  beforeAll(async () => {
    service = await Service.start();
    investigator = await service.keyFor('ines');
    full = await recordFullCase(service, investigator, await service.keyFor('rosa', ['REVIEWER']));
    other = randomUUID();
    await service.done('openCase', { caseId: other, title: 'Another', kind: 'SUSPICIOUS_ACTIVITY' }, investigator);
  }, 180_000);
  afterEach(() => open.splice(0).forEach((following) => following.cut()));
  afterAll(() => service.stop());

  const start = (way: Way, wanted: Wanted = {}, key = investigator) => {
    const following = way(service.url, key, wanted);
    open.push(following);
    return following;
  };
  /** The same by the query in pages. */
  async function recorded({ types, cases }: Wanted = {}, key = investigator): Promise<unknown[]> {
    const query = `query ($types: [String!], $cases: [ID!], $after: String) { events(first: 100, types: $types, cases: $cases, after: $after) {
      nodes { id sequence type stream revision hash previousHash payload } cursor caughtUp } }`;
    const nodes: unknown[] = [];
    for (let after: string | null = null; ;) {
      const { data } = await service.ask(query, { types, cases, after }, key);
      nodes.push(...data.events.nodes);
      if (data.events.caughtUp) return nodes;
      after = data.events.cursor as string;
    }
  }
  const note = (caseId = full.caseId, text = 'Something new') =>
    service.done('addNote', { caseId, text: { text } }, investigator);

  describe.each(ways)('over %s', (name, way) => {
    it('tells all that was recorded, in order, then that it has caught up, then what comes', async () => {
      const following = start(way);
      const told = await untilCaughtUp(following);
      expect(eventsOf(told)).toMatchObject(await recorded());
      expect(told.slice(0, -1).every(({ caughtUp }) => !caughtUp)).toBe(true);
      expect(told.at(-1)!.head).toBeGreaterThanOrEqual(told.at(-1)!.event!.sequence);
      for (let n = 0; n < 3; n++) {
        const { sequence } = await note();
        let { value } = await following.told.next();
        while (!value!.event) ({ value } = await following.told.next());
        expect(value).toMatchObject({ event: { sequence, type: 'NoteAdded' }, caughtUp: true });
        expect(value!.head).toBeGreaterThanOrEqual(sequence);
      }
    });

    it('goes on from each cursor without gap or repeat', async () => {
      const told = await untilCaughtUp(start(way));
      for (const n of [0, 1, Math.floor(told.length / 2), told.length - 2]) {
        const rest = await untilCaughtUp(start(way, { after: told[n].cursor }));
        expect(eventsOf(rest)).toEqual(eventsOf(told.slice(n + 1)));
      }
      const [nothing] = await untilCaughtUp(start(way, { after: told.at(-1)!.cursor }));
      expect(nothing).toMatchObject({ event: null, caughtUp: true });
      // Who followed is recorded too, and shows in nobody's feed.
      expect(nothing.head).toBeGreaterThanOrEqual(told.at(-1)!.head);
    });

    it.each<[string, (full: FullCase) => Wanted]>([
      ['types', () => ({ types: ['NoteAdded', 'CaseOpened', 'NothingOfThisName'] })],
      ['cases', () => ({ cases: [other, randomUUID()] })],
      ['both', ({ caseId }) => ({ types: ['PartyAdded', 'KeyIssued'], cases: [caseId] })],
    ])('is narrowed by %s, goes on past what it does not hold, and is woken by what it does', async (_, of) => {
      const wanted = of(full);
      const following = start(way, wanted);
      const told = await untilCaughtUp(following);
      expect(eventsOf(told).length).toBeGreaterThan(0);
      expect(eventsOf(told)).toMatchObject(await recorded(wanted));
      await note();
      await note(other);
      const opened = await service.done(
        'addParty',
        { caseId: full.caseId, name: 'P', partyKind: 'PERSON' },
        investigator,
      );
      const since = await untilCaughtUp(start(way, { ...wanted, after: told.at(-1)!.cursor }));
      expect(since.at(-1)!.head).toBeGreaterThanOrEqual(opened.sequence);
      const expected = eventsOf(since);
      expect(expected.length).toBeGreaterThan(0);
      const live: unknown[] = [];
      while (live.length < expected.length) {
        const { value } = await following.told.next();
        if (value!.event) live.push(value!.event);
      }
      expect(live).toEqual(expected);
    });

    it('holds what its principal may see', async () => {
      const ofAdministrator = await untilCaughtUp(start(way, {}, service.adminKey));
      expect(eventsOf(ofAdministrator)).toMatchObject(await recorded({}, service.adminKey));
      expect(eventsOf(ofAdministrator).some(({ type }) => type === 'KeyIssued')).toBe(true);
      expect(eventsOf(ofAdministrator).some(({ stream }) => stream.startsWith('case-'))).toBe(false);
      const told = await untilCaughtUp(start(way));
      expect(eventsOf(told).some(({ stream }) => stream.startsWith('access-'))).toBe(false);
      const following = start(way, { after: told.at(-1)!.cursor });
      await service.keyFor('nobody in particular');
      const { sequence } = await note();
      const seen = await untilCaughtUp(following);
      const all = [...seen, ...(seen.at(-1)!.head < sequence ? await untilCaughtUp(following) : [])];
      expect(eventsOf(all).filter(({ stream }) => stream.startsWith('access-'))).toEqual([]);
    });
  });

  it('takes the cursor of one way in any other', async () => {
    const [, told, next] = await untilCaughtUp(start(followSse));
    for (const [, way] of ways) {
      const { value } = await start(way, { after: told.cursor }).told.next();
      expect(value!.event!.id).toBe(next.event!.id);
    }
  });

  describe('one case', () => {
    it('is told from its first event on, and goes on', async () => {
      const wanted = { caseId: full.caseId };
      const following = start((url, key) => followWebSocket(url, key, wanted), {}, investigator);
      const told = await untilCaughtUp(following);
      expect(eventsOf(told)).toMatchObject(await recorded({ cases: [full.caseId] }));
      await note(other);
      const { sequence } = await note();
      const { value } = await following.told.next();
      expect(value).toMatchObject({ event: { sequence } });
      const again = start(
        (url, key) => followWebSocket(url, key, { ...wanted, after: told[3].cursor }),
        {},
        investigator,
      );
      expect((await again.told.next()).value!.event).toEqual(told[4].event);
    });

    it('is refused once it is lost, in the words of one that never was; who follows it is told', async () => {
      const reviewer = await service.keyFor('rosa', ['REVIEWER']);
      const { id: caseId } = (await service.done('openCase', { title: 'Lost', kind: 'CASE' }, investigator)).case;
      const follow = (id: string) => start((url, key) => followWebSocket(url, key, { caseId: id }), {}, reviewer);
      const following = follow(caseId as string);
      await untilCaughtUp(following);
      await service.done('restrictCase', { caseId, reason: 'A source asked.' }, investigator);
      const told = await untilCaughtUp(following);
      expect(eventsOf(told).map(({ type, payload }) => [type, payload])).toEqual([['CaseRevoked', { caseId }]]);
      const refusalOf = async (id: string) => {
        const refused = await follow(id)
          .told.next()
          .then(
            () => 'told something',
            ({ message }: Error) => message,
          );
        return refused.replaceAll(id, 'it');
      };
      const never = randomUUID();
      expect(await refusalOf(caseId as string)).toBe(await refusalOf(never));
      expect(await refusalOf(never)).toContain('NOT_FOUND');
      await service.done('unrestrictCase', { caseId, reason: 'It is public.' }, investigator);
      const { value } = await following.told.next();
      expect(value!.event).toMatchObject({ type: 'CaseShared', payload: { caseId } });
    });

    it('is refused if there is none that one may see', async () => {
      for (const caseId of [randomUUID(), 'nonsense', 'keys']) {
        const { told } = start((url, key) => followWebSocket(url, key, { caseId }));
        await expect(told.next()).rejects.toThrow(/"There is no case .* that you may see\.".*"NOT_FOUND"/);
      }
    });
  });

  it('is refused by name over WebSocket for what it cannot follow', async () => {
    const { told } = start(followWebSocket, { after: 'x' });
    await expect(told.next()).rejects.toThrow('CURSOR_INVALID');
    const client = webSocketClient(service.url, investigator);
    const results = client.iterate({ query: 'subscription { events(types: [""]) { head } }' });
    expect((await results.next()).value).toMatchObject({ errors: [{ extensions: { code: 'VALIDATION_FAILED' } }] });
    await client.dispose();
  });

  it('is ended in order by a server that ends, and nobody is told that all is told', async () => {
    const ending = await Service.start();
    const key = await ending.investigatorKey;
    const socket = followWebSocket(ending.url, key, {});
    const stream = followSse(ending.url, key, {});
    const polling = followPolling(ending.url, key, {});
    for (const one of [socket, stream, polling]) await untilCaughtUp(one);
    await ending.halt();
    expect(await socket.code).toBe(1001);
    expect(await stream.told.next()).toMatchObject({ done: true });
    expect(stream.frames.at(-1)!.event).toBeUndefined();
    expect(ending.errors).toBe('');

    const again = await Service.on(ending.folder);
    const { sequence } = await again.done('openCase', { title: 'After it', kind: 'SUSPICIOUS_ACTIVITY' });
    const [{ event }] = await untilCaughtUp(
      ((open[0] = followSse(again.url, key, { after: stream.frames.at(-1)!.id })), open[0]),
    );
    expect(event!.sequence).toBe(sequence);
    polling.cut();
    await again.stop();
  }, 180_000);
});
