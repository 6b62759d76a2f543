import { randomUUID } from 'node:crypto';
import { type AccessFilter } from '#read-models/access-filter.js';
import { type ReadPoint, type ReadSession } from '#read-models/read-session.js';
import { cases, notes } from './fixtures/read-store-projections.mjs';
import { happening, noteAdded, opened } from './read-store.events.js';
import { reader } from './read-store.reader.js';
import { type Used } from './read-store.using.js';

/** What is shown of a case to whom it was given later, without what was before. */
export function givenContract(used: () => Used): void {
  describe('from where it was given on', () => {
    const [shared, early, kept] = [randomUUID(), randomUUID(), randomUUID()];
    /** Of an outside organisation. */
    const outsider: AccessFilter = {
      ...reader(false, 'ORGANISATION/acme'),
      subjects: { anybody: false, holders: ['ORGANISATION/acme', 'PERSON/pia'], fromGrant: true },
    };
    let before: number;
    let given: number;
    let stated: string;

    beforeAll(async () => {
      const { recorder } = used();
      await recorder.record(
        opened(shared, 'as it was', 1),
        noteAdded(shared, early),
        noteAdded(shared, kept),
        happening(shared, 'NoteAmended', { noteId: early, text: 'as it stood' }),
      );
      before = recorder.head;
      stated = recorder.events.at(-1)!.id;
      await recorder.record(happening(shared, 'GivenTo', { name: 'ORGANISATION/acme' }));
      given = recorder.head;
      await recorder.record(
        happening(shared, 'NoteAmended', { noteId: early, text: 'as it is' }),
        happening(shared, 'CaseRenamed', { title: 'renamed' }),
      );
      await used().current();
    });

    it('finds records of any subject by what they hold, and only those that may be seen', async () => {
      const found = async (session: ReadSession, at: ReadPoint, size: number) => {
        const where = { column: 'size', op: 'eq', value: size } as const;
        const { rows } = await session.recordsWhere(notes, where, { first: 1_000 }, at);
        return rows.flatMap(({ subjectId, row }) => (subjectId === shared ? [row.id] : []));
      };
      const outside = used().readModels.session(outsider);
      const inside = await used().session();
      const size = 'as it is'.length;
      expect(await found(outside, await outside.at(), size)).toEqual(expect.arrayContaining([early]));
      expect(await found(inside, await inside.at(), size)).toEqual(expect.arrayContaining([early]));
      expect(await found(outside, await outside.at({ sequence: before }), 'as it stood'.length)).toEqual([]);
      expect(await found(inside, await inside.at({ sequence: before }), 'as it stood'.length)).toEqual([early]);
      const walledOff = used().readModels.session(reader(false));
      expect(await found(walledOff, await walledOff.at(), size)).toEqual([]);
      const any = { column: 'size', op: 'gte', value: 0 } as const;
      const { rows, hasNext } = await inside.recordsWhere(notes, any, { first: 1 }, await inside.at());
      expect([rows.length, hasNext]).toEqual([1, true]);
    });

    it('shows of a record what it was since, and what it was then', async () => {
      const session = used().readModels.session(outsider);
      const now = await session.at();
      const { key: subjectKey } = (await session.subject(cases, { id: shared }, now))!;
      const texts = async (at: ReadPoint) => {
        const { rows } = await session.versions(notes, { id: early, subjectKey }, { first: 9 }, at);
        return rows.map(({ row }) => row.text);
      };
      expect(await texts(now)).toEqual(['as it is', 'as it stood']);
      expect(await texts(await session.at({ sequence: given }))).toEqual(['as it stood']);
      expect(await texts(await session.at({ sequence: before }))).toEqual([]);
    });

    /** What is shown of the case as of this moment; null: it is not there. */
    async function shownAt(sequence?: number) {
      const session = used().readModels.session(outsider);
      const at = await session.at(sequence === undefined ? null : { sequence });
      const listed = (await session.subjects(cases, { first: 99 }, at)).rows.map(({ row }) => row.id);
      const ranked = { first: 99, orderBy: { column: 'rank', direction: 'asc' } } as const;
      const ordered = (await session.subjects(cases, ranked, at)).rows.map(({ row }) => row.id);
      const counted = (await session.countSubjects(cases, undefined, 99, at)).value;
      expect(new Set(ordered)).toEqual(new Set(listed));
      expect(counted).toBe(listed.length);
      const subject = await session.subject(cases, { id: shared }, at);
      expect(listed.includes(shared)).toBe(subject !== null);
      const one = (await session.record(notes, early, at))?.row.text ?? null;
      const everything = await used().session();
      const { key } = (await everything.subject(cases, { id: shared }, await everything.at()))!;
      const { rows } = await session.records(notes, key, { first: 9 }, at);
      const texts = rows.map(({ row }) => row.text);
      const history = (await session.history(key, { first: 99 }, at)).rows.map(({ envelope }) => envelope.sequence);
      const changed = (await session.changes(key, await session.at({ sequence: 1 }), at)).map(
        ({ sequence: place, old }) => [place, old],
      );
      return { title: subject?.row.title ?? null, one, texts, history, changed };
    }

    const nothing = { title: null, one: null, texts: [], history: [], changed: [] };

    it('shows what stood then, and what has come since', async () => {
      expect(await shownAt()).toEqual({
        ...{ title: 'renamed', one: 'as it is', texts: ['as it is', 'a note'] },
        history: [given, given + 1, given + 2],
        changed: [
          [given + 1, 'as it stood'],
          [given + 2, 'as it was'],
          [given + 2, []],
        ],
      });
      expect(await shownAt(given)).toEqual({
        ...{
          title: 'as it was',
          one: 'as it stood',
          texts: ['as it stood', 'a note'],
          history: [given],
          changed: [],
        },
      });
    });

    it('shows nothing of the moments before', async () => {
      for (const sequence of [before - 2, before]) expect(await shownAt(sequence)).toEqual(nothing);
    });

    it('has no events of before, wherever they are asked for', async () => {
      const session = used().readModels.session(outsider);
      const { rows } = await session.events({ after: 0, first: 99, subjects: [shared] });
      expect(rows.map(({ envelope }) => [envelope.type, envelope.sequence])).toEqual([
        ['Gained', given],
        ['GivenTo', given],
        ['NoteAmended', given + 1],
        ['CaseRenamed', given + 2],
      ]);
      expect(await session.event(stated)).toBeNull();
      await expect(session.at({ eventId: stated })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('shows all of it to a name that is given its history, until it is without', async () => {
      const { recorder } = used();
      const all = await used()
        .readModels.session(reader(true))
        .events({ after: 0, first: 99, subjects: [shared] });
      const seen = async () => {
        await used().current();
        const session = used().readModels.session(outsider);
        const { rows } = await session.events({ after: 0, first: 99, subjects: [shared] });
        return {
          events: rows.filter(({ envelope }) => envelope.type !== 'Gained').length,
          one: (await shownAt(before)).one,
        };
      };
      await recorder.record(happening(shared, 'GivenWithHistory', { name: 'ORGANISATION/acme', history: true }));
      expect(await seen()).toEqual({ events: all.rows.length + 1, one: 'as it stood' });
      await recorder.record(happening(shared, 'GivenWithHistory', { name: 'ORGANISATION/acme', history: false }));
      expect(await seen()).toEqual({ events: 5, one: null });
      // Whatever name of the reader's goes back further counts.
      await recorder.record(happening(shared, 'GivenTo', { name: 'PERSON/pia', history: true }));
      expect((await seen()).one).toBe('as it stood');
      await recorder.record(happening(shared, 'TakenFrom', { name: 'PERSON/pia' }));
      expect((await seen()).one).toBeNull();
    });
  });
}
