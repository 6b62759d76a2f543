import { randomUUID } from 'node:crypto';
import { type AccessFilter } from '#read-models/access-filter.js';
import { cases, notes } from './fixtures/read-store-projections.mjs';
import { type ReadStoreUnderTest } from './read-store.contract.js';
import { type Happened, happening, noteAdded, opened } from './read-store.events.js';
import { using } from './read-store.using.js';

/** What a principal may not see is not there, now and as of any moment. */
export function accessContract(open: () => Promise<ReadStoreUnderTest>): void {
  describe('access', () => {
    const used = using(open);
    const [shown, hidden, note] = [randomUUID(), randomUUID(), randomUUID()];
    let secret: Happened;
    let early: number;

    beforeAll(async () => {
      const { recorder } = used();
      await recorder.record(opened(shown, 'shown', 1), opened(hidden, 'open to all', 1), noteAdded(hidden, note));
      early = recorder.head;
      [secret] = await recorder.record({ stream: 'access-keys', type: 'SecretTold', payload: { secret: 1 } });
      // Restricted later: hidden from then on in every view of the past as well.
      await recorder.record(happening(hidden, 'CaseRenamed', { title: 'restricted', rank: 9 }));
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

    it('shows everything where nothing is hidden', async () => {
      const { views, feed } = await seen({ subjects: null, hiddenStreamPrefixes: [] });
      expect(views).toEqual([
        { ...all, listed: [hidden, shown], ordered: [shown, hidden], counted: 2 },
        { ...all, listed: [hidden, shown], ordered: [hidden, shown], counted: 2 },
      ]);
      expect(feed).toHaveLength(used().recorder.events.length);
    });

    it.each<[string, AccessFilter]>([
      [
        'by what they are now',
        { subjects: { column: 'title', op: 'ne', value: 'restricted' }, hiddenStreamPrefixes: [] },
      ],
      ['by their streams', { subjects: null, hiddenStreamPrefixes: [`case-${hidden}`] }],
    ])('hides subjects %s, their records and events', async (_, filter) => {
      const { views, feed } = await seen(filter);
      const expected = { ...nothing, listed: [shown], ordered: [shown], counted: 1 };
      expect(views).toEqual([expected, expected]);
      expect(feed).toEqual(['system-log', `case-${shown}`, 'access-keys']);
      const session = used().readModels.session(filter);
      const { id } = used().recorder.events.find(({ stream }) => stream === `case-${hidden}`)!;
      expect(await session.event(id)).toBeNull();
      await expect(session.at({ eventId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('hides the events of streams by their prefix, and nothing else', async () => {
      const filter: AccessFilter = { subjects: null, hiddenStreamPrefixes: ['nothing-', 'access-'] };
      const { views, feed } = await seen(filter);
      expect(views[0]).toEqual({ ...all, listed: [hidden, shown], ordered: [shown, hidden], counted: 2 });
      expect(feed).not.toContain('access-keys');
      expect(feed).toHaveLength(used().recorder.events.length - 1);
      const session = used().readModels.session(filter);
      expect(await session.event(secret.id)).toBeNull();
      await expect(session.at({ eventId: secret.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect((await session.events({ after: 0, types: ['SecretTold'], first: 9 })).rows).toEqual([]);
    });
  });
}
