import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLog, type SqliteEventLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { projections as group, registry } from '../../../../test/contracts/fixtures/read-store-projections.mjs';
import { BEGINNING, happening, noteAdded, opened, Recorder } from '../../../../test/contracts/read-store.events.js';
import { type AccessFilter, EVERYTHING } from '../access-filter.js';
import { type KeptReadModels } from '../keeping/kept-read-models.js';
import { openSqliteReadModels } from '../sqlite/sqlite-read-models.js';
import { Feed, type Following } from './feed.js';
import { type Subscriber, type Told } from './subscriber.js';

const ALL = EVERYTHING;
const LOW: AccessFilter = {
  subjects: { anybody: true, holders: ['low'], fromGrant: false },
  walls: { names: ['low'], byName: ['named'], asMember: [] },
  marks: null,
  told: null,
  hiddenStreamPrefixes: ['access-'],
};
const LOW_TOLD: AccessFilter = { ...LOW, told: { anybody: 0, holders: [{ name: 'low', since: 0 }] } };

describe('the feed', () => {
  let folder: string;
  let log: SqliteEventLog;
  let readModels: KeptReadModels;
  let recorder: Recorder;
  let feed: Feed;
  /** Sessions that were opened: each is a read. */
  let reads = 0;
  /** Places that were looked up. */
  let places = 0;
  /** Whether an earlier store is served, while another is built. */
  let isEarlier = false;
  /** What happens while the next content is read. */
  let meanwhile: (() => Promise<unknown>) | undefined;
  /** By how much more is told than the store holds. */
  let lacks = 0;
  /** How often it was asked how far the read models are. */
  let asked = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caseledger-feed-'));
    log = await openSqliteLog({ folder, clock: () => new Date(BEGINNING) });
    readModels = await openSqliteReadModels({
      ...{ folder, log, group, registry },
      logHandle: () => log.readerHandle(),
      projections: new URL('../../../../test/contracts/fixtures/bundled/read-store-projections.mjs', import.meta.url),
    });
    recorder = await Recorder.of(log);
  });
  afterAll(async () => {
    await readModels.close();
    await log.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    await current();
    const counted: ConstructorParameters<typeof Feed>[0] = {
      get checkpoint() {
        if (++asked > 100_000) throw new Error('The event loop never gets a turn.');
        return readModels.checkpoint + lacks;
      },
      status: () => ({ ...readModels.status(), ...(isEarlier && { state: 'building' }) }),
      onMoved: (listener) => readModels.onMoved(listener),
      session: (filter) => {
        reads++;
        const session = readModels.session(filter);
        const stretch = session.stretch.bind(session);
        session.stretch = async (options) => {
          const read = await stretch(options);
          places += read.places.length;
          return read;
        };
        const contents = session.contents.bind(session);
        session.contents = async (some) => {
          const read = await contents(some);
          const happens = meanwhile;
          meanwhile = undefined;
          await happens?.();
          return read;
        };
        return session;
      },
    };
    [lacks, asked] = [0, 0];
    isEarlier = false;
    feed = new Feed(counted, group.told);
  });
  afterEach(() => feed.close());

  const timeOf = (sequence: number) => recorder.events[sequence - 1].logTime;
  const current = async () => expect(await readModels.waitFor(recorder.head, 20_000)).toBe('CURRENT');
  const record = async (...happenings: Parameters<Recorder['record']>) => {
    const happened = await recorder.record(...happenings);
    await current();
    return happened.map(({ sequence }) => sequence);
  };
  async function untilCaughtUp(subscriber: Subscriber): Promise<Told[]> {
    const all: Told[] = [];
    while (!all.at(-1)?.caughtUp) all.push(...(await subscriber.next({ events: 7, characters: 1_000 })));
    return all;
  }
  const sequences = (told: Told[]) => told.flatMap(({ event }) => event?.envelope.sequence ?? []);

  it('tells a long history in portions, and what it holds it knows from the index', async () => {
    const id = randomUUID();
    const notes = Array.from({ length: 700 }, () => noteAdded(id, randomUUID()));
    await record(opened(id, 'long', 1), ...notes);
    const told = await untilCaughtUp(feed.subscribe(ALL, { transport: 'sse', after: 0 }));
    expect(sequences(told)).toEqual(recorder.events.map(({ sequence }) => sequence));
    const some = await untilCaughtUp(
      feed.subscribe(ALL, { transport: 'sse', after: 0, subjects: [id], types: ['CaseOpened'] }),
    );
    expect(some).toMatchObject([
      { event: { envelope: { type: 'CaseOpened' } }, sequence: recorder.head, caughtUp: true },
    ]);
  });

  it('reads once for all who follow in the same way from the same place', async () => {
    const followers = Array.from({ length: 100 }, () =>
      feed.subscribe(ALL, { transport: 'sse', after: recorder.head }),
    );
    const first = await Promise.all(followers.map((one) => one.next()));
    const caughtUp = { event: null, recordedAt: timeOf(recorder.head), caughtUp: true };
    expect(first).toEqual(followers.map(() => [{ ...caughtUp, sequence: recorder.head, head: recorder.head }]));
    const before = reads;
    const next = followers.map((one) => one.next());
    const [sequence] = await record(opened(randomUUID()));
    const told = (await Promise.all(next)).map(([one]) => one);
    expect(told.map((one) => one.sequence)).toEqual(followers.map(() => sequence));
    expect(new Set(told.map(({ event }) => event)).size).toBe(1);
    // One for where it stands, one for what stands there.
    expect(reads - before).toBe(2);
  });

  it('wakes nobody by what does not concern them, and lets them pass over it', async () => {
    const [mine, other] = [randomUUID(), randomUUID()];
    await record(opened(mine), opened(other));
    const wanted: Following = { transport: 'sse', after: recorder.head, subjects: [mine], types: ['NoteAdded'] };
    const followers = Array.from({ length: 50 }, () => feed.subscribe(ALL, { ...wanted, types: ['NoteAdded'] }));
    await Promise.all(followers.map((one) => one.next()));
    const waiting = followers.map((one) => one.next());
    const before = reads;
    for (let n = 0; n < 5; n++) await record(noteAdded(other, randomUUID()), happening(mine, 'CaseMentioned'));
    // One where they begin to wait; one to see whom it concerns, for each time the read models have moved on.
    expect(reads - before).toBeLessThanOrEqual(1 + 10);
    const [sequence] = await record(noteAdded(mine, randomUUID()));
    for (const [told] of await Promise.all(waiting)) {
      expect(told).toMatchObject({ sequence, recordedAt: timeOf(sequence), caughtUp: true });
    }
    const resting = followers.map((one) => one.next());
    const last = (await record(opened(randomUUID()), opened(randomUUID()))).at(-1)!;
    while (followers.some(({ restsAt }) => restsAt !== last)) await new Promise(setImmediate);
    expect(await followers[0].timeOf(last)).toBe(timeOf(last));
    await feed.close();
    expect(await Promise.all(resting)).toEqual(followers.map(() => []));
  });

  it.each([
    ['before', false],
    ['of an earlier store', true],
  ])('tells nobody what they may not see at the moment they are told it, though it was read %s', async (_, earlier) => {
    isEarlier = earlier;
    const id = randomUUID();
    await record(opened(id, 'open', 1), noteAdded(id, randomUUID()), noteAdded(id, randomUUID()));
    const follower = feed.subscribe(LOW, { transport: 'sse', after: recorder.head - 3 });
    expect(await follower.next()).toMatchObject([{ sequence: recorder.head - 2, caughtUp: false }]);
    await record(happening(id, 'ClosedOff'));
    expect(await follower.next()).toMatchObject([{ event: null, sequence: recorder.head, caughtUp: true }]);
  });

  it('tells nobody what was hidden while its content was read', async () => {
    const id = randomUUID();
    await record(opened(id, 'open', 1), noteAdded(id, randomUUID()));
    const follower = feed.subscribe(LOW, { transport: 'sse', after: recorder.head - 2 });
    meanwhile = () => record(happening(id, 'ClosedOff'));
    expect(await follower.next()).toMatchObject([{ event: null, sequence: recorder.head, caughtUp: true }]);
    expect(recorder.events.at(-1)!.type).toBe('ClosedOff');
  });

  it('looks up little more than it tells while the read models move on, and much at once when they rest', async () => {
    const id = randomUUID();
    await record(opened(id), ...Array.from({ length: 299 }, () => noteAdded(id, randomUUID())));
    const first = recorder.head - 299;
    const follower = feed.subscribe(ALL, { transport: 'websocket', after: first - 1 });
    const told: Told[] = [];
    for (let n = 0; n < 20; n++) {
      if (n === 1) places = 0;
      told.push(...(await follower.next()));
      await record(noteAdded(id, randomUUID()));
    }
    expect(places).toBe(19 * 16);
    const before = reads;
    while (!told.at(-1)?.caughtUp) told.push(...(await follower.next()));
    expect(sequences(told)).toEqual(Array.from({ length: 320 }, (_, n) => first + n));
    // Five for where they stand, the others for what stands there.
    expect(reads - before).toBeLessThan(15);
  });

  it('shares between those of one access only', async () => {
    const [low, high] = [randomUUID(), randomUUID()];
    const after = recorder.head;
    const expected = await record(
      opened(low, 'low', 1),
      happening(high, 'CaseOpened', { title: 'high', closed: true }),
    );
    const [all, some] = await Promise.all(
      [ALL, LOW].map((filter) => untilCaughtUp(feed.subscribe(filter, { transport: 'sse', after }))),
    );
    expect([sequences(all), sequences(some)]).toEqual([expected, expected.slice(0, 1)]);
  });

  it('tells of subjects gained and lost before the event that did it, one by one and from each cursor', async () => {
    const id = randomUUID();
    const after = recorder.head;
    const [, closed, given, note, taken] = await record(
      opened(id),
      happening(id, 'ClosedOff'),
      happening(id, 'GivenTo', { name: 'low' }),
      noteAdded(id, randomUUID()),
      happening(id, 'TakenFrom', { name: 'low' }),
    );
    const now = feed.subscribe(LOW_TOLD, { transport: 'sse', after });
    const entries = [];
    for (let told: Told[] = []; !told.at(-1)?.caughtUp; entries.push(...told)) told = await now.next();
    // It may see nothing of the case any more: only the entries are left, and the last says that all has been told.
    expect(entries.map(({ event, sequence }) => [event?.envelope.type, event?.envelope.sequence, sequence])).toEqual([
      ['Lost', closed, closed],
      ['Gained', given, given],
      ['Lost', taken, taken],
    ]);
    const [again] = await record(happening(id, 'GivenTo', { name: 'low' }));
    const seen = ({ event, sequence }: Told) => [event?.envelope.type, event?.envelope.sequence, sequence];
    expect(await now.next()).toMatchObject([
      { event: { envelope: { type: 'Gained' } }, sequence: again - 1, recordedAt: timeOf(again - 1) },
    ]);
    expect((await now.next()).map(seen)).toEqual([['GivenTo', again, again]]);
    // A cursor of the entry leads to the event that it stands before, and to the entry once more.
    const whole = await untilCaughtUp(feed.subscribe(LOW_TOLD, { transport: 'sse', after: given - 1 }));
    expect(whole.map(seen)).toEqual([
      ['Gained', given, given - 1],
      ['GivenTo', given, given],
      ['NoteAdded', note, note],
      ['Lost', taken, taken - 1],
      ['TakenFrom', taken, taken],
      ['Gained', again, again - 1],
      ['GivenTo', again, again],
    ]);
  });

  it('tells an entry once to whoever follows on, though the read models move on before its event is told', async () => {
    const id = randomUUID();
    await record(happening(id, 'CaseOpened', { title: 'theirs', closed: true }));
    const follower = feed.subscribe(LOW_TOLD, { transport: 'sse', after: recorder.head });
    const [given] = await record(happening(id, 'GivenTo', { name: 'low' }), noteAdded(id, randomUUID()));
    expect(await follower.next()).toMatchObject([{ event: { envelope: { type: 'Gained' } }, sequence: given - 1 }]);
    const [last] = await record(noteAdded(id, randomUUID()));
    expect(sequences(await untilCaughtUp(follower))).toEqual([given, given + 1, last]);
  });

  it('wakes whoever asked for nothing but entries, or for the events of a case that is given to them', async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    await record(...[id, other].map((one) => happening(one, 'CaseOpened', { title: 'theirs', closed: true })));
    const ways = [{ types: ['Gained'] }, { types: ['Gained'], subjects: [id] }, { subjects: [id] }];
    const followers = ways.map((way) => feed.subscribe(LOW_TOLD, { transport: 'sse', after: recorder.head, ...way }));
    await Promise.all(followers.map((one) => one.next()));
    const waiting = followers.map((one) => one.next());
    const [given] = await record(happening(id, 'GivenTo', { name: 'low' }));
    for (const [told] of await Promise.all(waiting)) {
      expect(told).toMatchObject({ event: { envelope: { type: 'Gained', sequence: given } } });
    }
    const next = followers[0].next();
    const resting = followers[1].next();
    await record(happening(other, 'GivenTo', { name: 'low' }));
    expect(await next).toMatchObject([{ event: { envelope: { type: 'Gained' } } }]);
    while (followers[1].restsAt !== recorder.head) await new Promise(setImmediate);
    followers[1].close();
    expect(await resting).toEqual([]);
  });

  it.each(['first', 'last'])('withholds ids from one reader and from no other, whichever is told %s', async (order) => {
    const [id, hidden, note] = [randomUUID(), randomUUID(), randomUUID()];
    await record(opened(id), noteAdded(id, hidden));
    const after = recorder.head;
    const about = { about: [hidden] };
    const [{ payload }] = [happening(id, 'NoteAdded', { noteId: note, text: 'see there', signed: false, ...about })];
    await record(
      { ...happening(id, 'NoteAdded', payload) },
      happening(id, 'Walled', { noteId: hidden, wall: 'w', kind: 'named', names: ['high'] }),
    );
    const filters = order === 'first' ? [LOW, ALL] : [ALL, LOW];
    const told = new Map<AccessFilter, Told[]>();
    for (const filter of [...filters, ...filters]) {
      told.set(filter, await untilCaughtUp(feed.subscribe(filter, { transport: 'sse', after })));
    }
    expect(told.get(ALL)![0].event).toMatchObject({ payload: about });
    expect(told.get(LOW)![0].event).toMatchObject({ payload: { noteId: note, about: [] }, hidden: [hidden] });
    expect(sequences(told.get(LOW)!)).toEqual([after + 1]);
  });

  it('holds no more of large events than fits, and tells them all the same', async () => {
    const id = randomUUID();
    const text = 'x'.repeat(400_000);
    const large = Array.from({ length: 20 }, () => noteAdded(id, randomUUID(), text));
    const after = recorder.head;
    const expected = await record(opened(id));
    // An append may be 1 MiB.
    for (const one of large) expected.push(...(await record(one)));
    const told = await untilCaughtUp(feed.subscribe(ALL, { transport: 'sse', after }));
    expect(sequences(told)).toEqual(expected);
    expect(feed.shelf.weight).toBeLessThan(8_000_000);
  });

  it('leaves others their turn while the store lacks what was told of it, and goes on when it holds it again', async () => {
    const waiting = feed.subscribe(ALL, { transport: 'sse', after: recorder.head });
    lacks = 1;
    expect(await waiting.next()).toMatchObject([{ event: null, caughtUp: true }]);
    const next = waiting.next();
    await new Promise(setImmediate);
    const [sequence] = await record(opened(randomUUID()));
    expect(sequences(await next)).toEqual([sequence]);
    waiting.close();
  });

  it('is left with nothing by 1,000 followers that came and went, in whatever they were', async () => {
    const followers = Array.from({ length: 1_000 }, (_, n) =>
      feed.subscribe(n % 2 ? ALL : LOW, {
        transport: 'sse',
        after: n % 3 ? 0 : recorder.head,
        ...(n % 5 === 0 && { types: [`T${n}`] }),
      }),
    );
    expect(feed.subscribers).toBe(1_000);
    expect(feed.byTransport).toEqual({ websocket: 0, sse: 1_000, polling: 0 });
    const waiting = followers.map((one, n) => (n % 7 ? one.next() : Promise.resolve([])));
    await waiting[1];
    for (const one of followers) one.close();
    await Promise.all(waiting);
    expect({ subscribers: feed.subscribers, ways: feed.ways }).toEqual({ subscribers: 0, ways: 0 });
    await record(opened(randomUUID()));
  });

  it('ends all when it is closed, and takes nobody more', async () => {
    const waiting = feed.subscribe(ALL, { transport: 'sse', after: recorder.head });
    await waiting.next();
    const next = waiting.next();
    await feed.close();
    expect(await next).toEqual([]);
    expect(await feed.subscribe(ALL, { transport: 'sse', after: 0 }).next()).toEqual([]);
    expect(feed.subscribers).toBe(0);
  });
});
