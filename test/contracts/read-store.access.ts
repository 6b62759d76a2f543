import { randomUUID } from 'node:crypto';
import { type AccessFilter, EVERYTHING } from '#read-models/access-filter.js';
import { cases, notes } from './fixtures/read-store-projections.mjs';
import { type ReadStoreUnderTest } from './read-store.contract.js';
import { type Happened, happening, noteAdded, opened } from './read-store.events.js';
import { givenContract } from './read-store.given.js';
import { marksContract } from './read-store.marks.js';
import { reader } from './read-store.reader.js';
import { toldContract } from './read-store.told.js';
import { using } from './read-store.using.js';
import { wallsContract } from './read-store.walls.js';

/** What a principal may not see is not there, now and as of any moment. */
export function accessContract(open: () => Promise<ReadStoreUnderTest>): void {
  describe('access', () => {
    const used = using(open);
    const [shown, hidden, note] = Array.from({ length: 3 }, () => randomUUID());
    let secret: Happened;
    let early: number;

    beforeAll(async () => {
      const { recorder } = used();
      await recorder.record(opened(shown, 'shown', 1), opened(hidden, 'open to all', 1), noteAdded(hidden, note));
      early = recorder.head;
      [secret] = await recorder.record({ stream: 'access-keys', type: 'SecretTold', payload: { secret: 1 } });
      // Restricted later: hidden from then on in every view of the past as well.
      await recorder.record(
        happening(hidden, 'CaseRenamed', { title: 'restricted', rank: 9 }),
        happening(hidden, 'GivenTo', { name: 'PERSON/ann' }),
        happening(hidden, 'ClosedOff', {}),
      );
    });

    /** All that a principal is shown, wherever it looks, now and early. */
    async function seen(filter: AccessFilter) {
      const everything = await used().session();
      const key = (await everything.subject(cases, { id: hidden }, await everything.at()))!.key;
      const session = used().readModels.session(filter);
      const views = [];
      for (const at of [await session.at(), await session.at({ sequence: early })]) {
        const listed = await session.subjects(cases, { first: 9 }, at);
        const ordered = await session.subjects(cases, { first: 9, orderBy: { column: 'rank', direction: 'asc' } }, at);
        const title = at.now ? 'restricted' : 'open to all';
        views.push({
          listed: listed.rows.map(({ row }) => row.id),
          ordered: ordered.rows.map(({ row }) => row.id),
          counted: (await session.countSubjects(cases, undefined, 9, at)).value,
          byId: (await session.subject(cases, { id: hidden }, at)) !== null,
          byColumn: (await session.subject(cases, { column: 'title', value: title }, at)) !== null,
          records: (await session.records(notes, key, { first: 9 }, at)).rows.length,
          record: (await session.record(notes, note, at)) !== null,
          history: (await session.history(key, { first: 9 }, at)).rows.length > 0,
          changes: (await session.changes(key, await session.at({ sequence: 1 }), at)).length > 0,
        });
      }
      const feed = await session.events({ after: 0, first: 99 });
      return { views, feed: feed.rows.map(({ envelope }) => envelope.stream) };
    }

    const nothing = { byId: false, byColumn: false, records: 0, record: false, history: false, changes: false };
    const all = { byId: true, byColumn: true, records: 1, record: true, history: true, changes: true };
    const both = [
      { ...all, listed: [hidden, shown], ordered: [shown, hidden], counted: 2 },
      { ...all, listed: [hidden, shown], ordered: [hidden, shown], counted: 2 },
    ];

    it.each<[string, AccessFilter]>([
      ['to whom nothing is hidden', EVERYTHING],
      ['who was given it', reader(true, 'GROUP/x', 'PERSON/ann')],
    ])('shows everything to one %s', async (_, filter) => {
      const { views, feed } = await seen(filter);
      expect(views).toEqual(both);
      expect(feed).toHaveLength(used().recorder.events.length);
    });

    it('shows nothing but what it was given to one who sees nothing by right', async () => {
      const { views } = await seen(reader(false, 'PERSON/ann'));
      const alone = { listed: [hidden], ordered: [hidden], counted: 1 };
      expect(views).toEqual([
        { ...all, ...alone },
        { ...all, ...alone },
      ]);
    });

    it.each<[string, AccessFilter, string[]]>([
      ['by what they are now', reader(true, 'PERSON/bob'), [`case-${hidden}`]],
      ['by their streams', { ...EVERYTHING, hiddenStreamPrefixes: [`case-${hidden}`] }, []],
    ])('hides subjects %s, their records and events', async (_, filter, told) => {
      const { views, feed } = await seen(filter);
      const expected = { ...nothing, listed: [shown], ordered: [shown], counted: 1 };
      expect(views).toEqual([expected, expected]);
      // What ended is told, by an entry of Caseledger's own.
      expect(feed).toEqual(['system-log', `case-${shown}`, 'access-keys', ...told]);
      const session = used().readModels.session(filter);
      const { id } = used().recorder.events.find(({ stream }) => stream === `case-${hidden}`)!;
      expect(await session.event(id)).toBeNull();
      await expect(session.at({ eventId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('hides everything from one who holds nothing', async () => {
      const { views, feed } = await seen({ ...reader(false), told: null });
      const expected = { ...nothing, listed: [], ordered: [], counted: 0 };
      expect(views).toEqual([expected, expected]);
      expect(feed).toEqual(['system-log', 'access-keys']);
    });

    it('hides the events of streams by their prefix, and nothing else', async () => {
      const filter: AccessFilter = { ...EVERYTHING, hiddenStreamPrefixes: ['nothing-', 'access-'] };
      const { views, feed } = await seen(filter);
      expect(views[0]).toEqual(both[0]);
      expect(feed).not.toContain('access-keys');
      expect(feed).toHaveLength(used().recorder.events.length - 1);
      const session = used().readModels.session(filter);
      expect(await session.event(secret.id)).toBeNull();
      await expect(session.at({ eventId: secret.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect((await session.events({ after: 0, types: ['SecretTold'], first: 9 })).rows).toEqual([]);
    });

    wallsContract(used, { shown, note, early: () => early });
    givenContract(used);
    marksContract(used);
    toldContract(used);
  });
}
