import { randomUUID } from 'node:crypto';
import { type AccessFilter, EVERYTHING } from '#read-models/access-filter.js';
import { type ReadPoint, type ReadSession } from '#read-models/read-session.js';
import { WITHHELD } from '#read-models/withhold.js';
import { cases, notes } from './fixtures/read-store-projections.mjs';
import { type ReadStoreUnderTest } from './read-store.contract.js';
import { type Happened, happening, noteAdded, opened } from './read-store.events.js';
import { using } from './read-store.using.js';

/** What a principal may not see is not there, now and as of any moment. */
/** Sees what is open to anybody, and what one of these names was given; passes walls that name one of them. */
const reader = (anybody: boolean, ...names: string[]): AccessFilter => ({
  subjects: { anybody, holders: names, fromGrant: false },
  walls: { names, byName: ['LIMIT', 'PRIVILEGE'], asMember: [] },
  marks: null,
  told: { anybody: anybody ? 0 : null, holders: names.map((name) => ({ name, since: 0 })) },
  hiddenStreamPrefixes: [],
});

export function accessContract(open: () => Promise<ReadStoreUnderTest>): void {
  describe('access', () => {
    const used = using(open);
    const [shown, hidden, note, walled, about] = Array.from({ length: 5 }, () => randomUUID());
    let secret: Happened;
    let early: number;
    let wall: Happened;

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

    describe('to records', () => {
      beforeAll(async () => {
        const { recorder } = used();
        await recorder.record(
          noteAdded(shown, walled),
          happening(shown, 'NoteAdded', { noteId: about, text: 'About it', about: [walled, note] }),
          happening(shown, 'NotesMerged', { noteId: about, otherId: walled }),
          happening(shown, 'Walled', { noteId: walled, wall: 'w1', kind: 'LIMIT', names: ['PERSON/ann', 'GROUP/x'] }),
        );
        wall = recorder.events.at(-1)!;
        await used().current();
      });

      async function shownTo(filter: AccessFilter) {
        const session = used().readModels.session(filter);
        const at = await session.at();
        const { key } = (await session.subject(cases, { id: shown }, at))!;
        const { rows } = await session.records(notes, key, { first: 9 }, at);
        const history = await session.history(key, { first: 99 }, at);
        const changes = await session.changes(key, await session.at({ sequence: early }), at);
        return {
          notes: rows.map(({ row }) => row.id),
          about: rows.find(({ row }) => row.id === about)!.row.about,
          one: (await session.record(notes, walled, at)) !== null,
          of: (await session.record(notes, about, at))!.row.about,
          history: history.rows.map(({ envelope }) => envelope.type),
          told: JSON.stringify([history.rows.map(({ payload }) => payload), changes]).includes(walled),
          event: (await session.event(wall.id)) !== null,
        };
      }

      const open = {
        ...{ notes: [walled, about], about: [walled, note], one: true, of: [walled, note], told: true, event: true },
        history: ['CaseOpened', 'NoteAdded', 'NoteAdded', 'NotesMerged', 'Walled'],
      };
      const closed = {
        ...{ notes: [about], about: [note], one: false, of: [note], told: false, event: false },
        // An event that concerns several records shows only where all of them do.
        history: ['CaseOpened', 'NoteAdded'],
      };

      it.each<[string, AccessFilter]>([
        ['to whom nothing is hidden', EVERYTHING],
        ['whom it names', reader(true, 'PERSON/ann')],
        ['in a group that it names', reader(true, 'PERSON/eve', 'GROUP/x')],
      ])('opens a wall to one %s', async (_, filter) => {
        expect(await shownTo(filter)).toEqual(open);
      });

      it('hides a record behind a wall, its events, and its id in what shows', async () => {
        expect(await shownTo(reader(true, 'PERSON/bob'))).toEqual(closed);
      });

      it('passes walls by their kind: some as a member of the subject alone', async () => {
        const { recorder } = used();
        const counsel = (...names: string[]): AccessFilter => ({
          ...reader(true, ...names),
          walls: { names, byName: ['LIMIT', 'PRIVILEGE'], asMember: ['PRIVILEGE'] },
        });
        await recorder.record(
          happening(shown, 'Walled', { noteId: walled, wall: 'w2', kind: 'PRIVILEGE', names: ['PERSON/hal'] }),
          happening(shown, 'GivenTo', { name: 'PERSON/cora' }),
        );
        await used().current();
        // Each wall must be passed.
        expect((await shownTo(reader(true, 'PERSON/ann'))).one).toBe(false);
        expect((await shownTo(counsel('PERSON/ann'))).one).toBe(false);
        expect((await shownTo(counsel('PERSON/cora'))).one).toBe(false);
        expect((await shownTo(reader(true, 'PERSON/hal', 'PERSON/ann'))).one).toBe(true);
        await recorder.record(happening(shown, 'Unwalled', { noteId: walled, wall: 'w1' }));
        await used().current();
        expect((await shownTo(counsel('PERSON/cora'))).one).toBe(true);
        expect((await shownTo(counsel('PERSON/dora'))).one).toBe(false);
        expect((await shownTo(reader(true, 'PERSON/cora'))).one).toBe(false);
        expect((await shownTo(reader(true, 'PERSON/hal'))).one).toBe(true);
      });

      it('hides with a record what belongs to it, through any number of others, as long as it does', async () => {
        const { recorder } = used();
        const [kept, secret, part, ofPart, names] = Array.from({ length: 5 }, () => randomUUID());
        const bound = (noteId: string, ...of: string[]) => happening(kept, 'NoteBound', { noteId, of });
        await recorder.record(
          opened(kept),
          ...[secret, part, ofPart].map((one) => noteAdded(kept, one)),
          bound(ofPart, part, ofPart),
          bound(part, part, secret),
          happening(kept, 'NoteAdded', { noteId: names, text: 'It names them', about: [secret, part, ofPart] }),
        );
        const told = async (filter: AccessFilter) => {
          await used().current();
          const session = used().readModels.session(filter);
          const at = await session.at();
          const { key } = (await session.subject(cases, { id: kept }, at))!;
          const { rows } = await session.records(notes, key, { first: 9 }, at);
          const history = await session.history(key, { first: 99 }, at);
          return {
            notes: new Set(rows.map(({ row }) => row.id)),
            about: (await session.record(notes, names, at))!.row.about,
            history: history.rows.map(({ envelope }) => envelope.type),
          };
        };
        const bob = reader(true, 'PERSON/bob');
        const outsider: AccessFilter = {
          ...bob,
          marks: { names: [], organisations: [], open: ['CLEAR'], asRecipient: [], asOriginator: [], asCommunity: [] },
        };
        const everything = await told(EVERYTHING);
        const nothing = { notes: new Set([names]), about: [], history: ['CaseOpened', 'NoteAdded'] };
        expect(everything).toMatchObject({
          notes: new Set([secret, part, ofPart, names]),
          about: [secret, part, ofPart],
        });
        expect(await told(bob)).toEqual(everything);
        await recorder.record(happening(kept, 'Marked', { noteId: secret, level: 'RED' }));
        expect(await told(outsider)).toEqual(nothing);
        await recorder.record(
          happening(kept, 'Marked', { noteId: secret, level: 'CLEAR' }),
          happening(kept, 'Walled', { noteId: secret, wall: 'w', kind: 'LIMIT', names: ['PERSON/ann'] }),
        );
        expect(await told(bob)).toEqual(nothing);
        expect(await told(outsider)).toEqual(nothing);
        expect(await told(reader(true, 'PERSON/ann'))).toMatchObject({ notes: everything.notes });
        // What belongs to what belonged to it follows.
        await recorder.record(bound(part, names));
        const freed = { notes: new Set([part, ofPart, names]), about: [part, ofPart] };
        expect(await told(bob)).toMatchObject(freed);
        expect(await told(outsider)).toMatchObject(freed);
      });

      it('lets another id stand for one that is named alone', async () => {
        const { recorder } = used();
        const other = randomUUID();
        await recorder.record(happening(shown, 'NoteAdded', { noteId: other, text: walled }));
        await used().current();
        const session = used().readModels.session(reader(true, 'PERSON/bob'));
        const record = (await session.record(notes, other, await session.at()))!;
        expect(record.row.text).toBe(WITHHELD);
        const [stored] = (await session.events({ after: recorder.head - 1, first: 1 })).rows;
        expect(stored.payload.text).toBe(WITHHELD);
      });
    });

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

    describe('to whom marks let through', () => {
      const [marked, green, red, other] = Array.from({ length: 4 }, () => randomUUID());
      /** Of these outside organisations' people. */
      const outsider = (person: string, organisation: string): AccessFilter => {
        const names = [`PERSON/${person}`, `ORGANISATION/${organisation}`];
        return {
          ...reader(false, ...names),
          subjects: { anybody: false, holders: names, fromGrant: true },
          marks: {
            ...{
              names,
              organisations: [`ORGANISATION/${organisation}`],
              open: ['CLEAR'],
              asRecipient: ['RED', 'AMBER'],
            },
            ...{ asOriginator: ['GREEN', 'AMBER'], asCommunity: ['GREEN'] },
          },
        };
      };
      const [pia, solo] = [outsider('pia', 'acme'), outsider('solo', 'nowhere')];
      let from: number;

      beforeAll(async () => {
        const { recorder } = used();
        from = recorder.head;
        await recorder.record(
          opened(marked, 'marked', 1),
          happening(marked, 'GivenTo', { name: 'ORGANISATION/acme', history: true }),
          happening(marked, 'GivenTo', { name: 'PERSON/solo', history: true }),
          noteAdded(marked, green),
          noteAdded(marked, red),
          happening(marked, 'NoteAdded', { noteId: other, text: red, about: [green, red] }),
          happening(marked, 'Marked', { noteId: green, level: 'GREEN', about: [red] }),
          happening(marked, 'Marked', { noteId: red, level: 'RED', names: ['PERSON/paul'] }),
        );
        await used().current();
      });

      async function seen(filter: AccessFilter) {
        const session = used().readModels.session(filter);
        const at = await session.at();
        const subject = await session.subject(cases, { id: marked }, at);
        if (!subject) return null;
        const { key } = subject;
        const { rows } = await session.records(notes, key, { first: 9 }, at);
        const history = (await session.history(key, { first: 99 }, at)).rows;
        const changed = await session.changes(key, await session.at({ sequence: from }), at);
        const one = (await session.record(notes, red, at)) !== null;
        const shown = await Promise.all(
          history.map(async ({ envelope }) =>
            (await session.marksOfEvent(envelope.sequence)).map(({ level }) => level),
          ),
        );
        return {
          notes: rows.map(({ row }) => [row.id, row.text, row.about]),
          ...{ one, told: JSON.stringify([history.map(({ payload }) => payload), changed]).includes(red) },
          history: history.map(({ envelope }, n) => [envelope.type, ...shown[n]]),
          marks: await Promise.all([undefined, green, red].map((id) => session.marksOfRecord(key, id))),
        };
      }

      const opening = [['CaseOpened'], ['GivenTo'], ['GivenTo']];
      const others = (...about: string[]) => [other, WITHHELD, about];
      const greenMark = (about: string[]) => ({ level: 'GREEN', about });

      it('hides what a mark holds back, its events and its id, and shows what it lets', async () => {
        expect(await seen(pia)).toEqual({
          ...{ notes: [others(green), [green, 'a note', undefined]], one: false, told: false },
          history: [...opening, ['NoteAdded', 'GREEN'], ['NoteAdded'], ['Marked', 'GREEN']],
          marks: [[], [greenMark([])], []],
        });
        // No community without an organisation that is a member.
        expect(await seen(solo)).toEqual({
          ...{ notes: [others()], one: false, told: false, history: [...opening, ['NoteAdded']], marks: [[], [], []] },
        });
      });

      it('holds nothing back from others, to whom it is shown', async () => {
        const all = (await seen({ ...pia, marks: null }))!;
        expect(all.notes).toEqual([
          [other, red, [green, red]],
          [red, 'a note', undefined],
          [green, 'a note', undefined],
        ]);
        expect(all.marks).toEqual([[], [greenMark([red])], [{ level: 'RED' }]]);
      });

      it('is the last of its originator, beside those of others: each must let through', async () => {
        const { recorder } = used();
        const mark = async (fields: object) => {
          await recorder.record(happening(marked, 'Marked', { noteId: red, ...fields }));
          await used().current();
          return (await seen(pia))!.one;
        };
        expect(await mark({ level: 'RED', names: ['PERSON/pia'] })).toBe(true);
        expect(await mark({ level: 'AMBER', originator: 'ORGANISATION/acme' })).toBe(true);
        expect(await mark({ level: 'AMBER', originator: 'ORGANISATION/other' })).toBe(false);
        expect(await mark({ level: 'CLEAR', originator: 'ORGANISATION/other' })).toBe(true);
        expect(await mark({ level: 'UNHEARD_OF', originator: 'ORGANISATION/other' })).toBe(false);
      });

      it('on a subject opens and closes it, and the feed tells', async () => {
        const { recorder } = used();
        const at: Record<string, number> = {};
        const happens = async (name: string, type: string, payload: Record<string, unknown>) => {
          await recorder.record(happening(marked, type, payload));
          at[name] = recorder.head;
          await used().current();
        };
        const toldTo = async (filter: AccessFilter) => {
          const { rows } = await used()
            .readModels.session(filter)
            .events({ after: at.red - 1, first: 99, types: ['Gained', 'Lost'] });
          return rows.map(({ envelope }) => [envelope.type, envelope.sequence]);
        };
        await happens('red', 'Marked', { level: 'RED', names: ['PERSON/paul'] });
        expect(await seen(pia)).toBeNull();
        await happens('paul', 'GivenTo', { name: 'PERSON/paul' });
        await happens('quinn', 'GivenTo', { name: 'PERSON/quinn' });
        await happens('amber', 'Marked', { level: 'AMBER', originator: 'ORGANISATION/acme' });
        await happens('green', 'Marked', { level: 'GREEN' });
        expect((await seen(pia))!.marks[0]).toHaveLength(2);
        await happens('gone', 'TakenFrom', { name: 'ORGANISATION/acme' });
        await happens('clear', 'Marked', { level: 'CLEAR' });
        await happens('all', 'Marked', { level: 'CLEAR', originator: 'ORGANISATION/acme' });
        expect(await toldTo(pia)).toEqual([
          ['Lost', at.red],
          ['Gained', at.green],
          ['Lost', at.gone],
        ]);
        expect(await toldTo(outsider('paul', 'other'))).toEqual([
          ['Gained', at.paul],
          ['Lost', at.amber],
          ['Gained', at.all],
        ]);
        expect(await toldTo(outsider('quinn', 'other'))).toEqual([['Gained', at.all]]);
        expect(await toldTo(solo)).toEqual([
          ['Lost', at.red],
          ['Gained', at.all],
        ]);
        expect(await toldTo({ ...pia, marks: null })).toEqual([['Lost', at.gone]]);
      });
    });

    describe('as the feed tells it', () => {
      const given = randomUUID();
      let from: number;
      /** Sequences at which something changed. */
      const at: Record<string, number> = {};

      beforeAll(async () => {
        const { recorder } = used();
        const happens = async (name: string, type: string, payload: Record<string, unknown>) => {
          await recorder.record(happening(given, type, payload));
          at[name] = recorder.head;
        };
        from = recorder.head;
        await happens('opened', 'CaseOpened', { title: 'given', closed: true });
        await happens('ann', 'GivenTo', { name: 'PERSON/ann' });
        await happens('again', 'GivenTo', { name: 'PERSON/ann' });
        await happens('group', 'GivenTo', { name: 'GROUP/x' });
        await happens('notAnn', 'TakenFrom', { name: 'PERSON/ann' });
        await happens('up', 'OpenedUp', {});
        await happens('off', 'ClosedOff', {});
        await happens('notGroup', 'TakenFrom', { name: 'GROUP/x' });
        await used().current();
      });

      const feedOf = async (filter: AccessFilter, options: { types?: string[]; first?: number } = {}) => {
        const session = used().readModels.session(filter);
        const { rows } = await session.events({ after: from, first: 99, ...options });
        return rows.map(({ envelope }) => [envelope.type, envelope.sequence]);
      };
      const types = ['Gained', 'Lost'];

      it('tells who gains and who loses a subject, and nobody else', async () => {
        expect(await feedOf(reader(false, 'PERSON/ann'), { types })).toEqual([
          ['Gained', at.ann],
          ['Lost', at.notAnn],
        ]);
        expect(await feedOf(reader(false, 'PERSON/bob'), { types })).toEqual([]);
        expect(await feedOf(reader(true, 'PERSON/bob'), { types })).toEqual([
          ['Gained', at.up],
          ['Lost', at.off],
        ]);
        expect(await feedOf(reader(true, 'PERSON/bob'), { types: ['Lost'] })).toEqual([['Lost', at.off]]);
      });

      it('tells it where something changes for the principal as a whole', async () => {
        // In a group that is given it before it is taken from the person, and until the end.
        expect(await feedOf(reader(true, 'PERSON/ann', 'GROUP/x'), { types })).toEqual([
          ['Gained', at.ann],
          ['Lost', at.notGroup],
        ]);
      });

      it('tells nothing of before a name is known to have been theirs', async () => {
        const told = { anybody: at.off, holders: [{ name: 'PERSON/ann', since: at.notAnn }] };
        expect(await feedOf({ ...reader(true, 'PERSON/ann'), told }, { types })).toEqual([
          ['Lost', at.notAnn],
          ['Lost', at.off],
        ]);
        expect(await feedOf({ ...reader(true, 'PERSON/ann'), told: null }, { types })).toEqual([]);
      });

      it('puts an entry before the event of its sequence and never parts them', async () => {
        await used().recorder.record(happening(given, 'GivenTo', { name: 'PERSON/fay' }));
        at.fay = used().recorder.head;
        await used().current();
        const fay = reader(false, 'PERSON/fay');
        const session = used().readModels.session(fay);
        const whole = await session.events({ after: from, first: 99 });
        expect(whole.rows.map(({ envelope }) => envelope.type).slice(-2)).toEqual(['Gained', 'GivenTo']);
        expect(whole.hasNext).toBe(false);
        // Everything of the case, from its first event on, can be read now.
        expect(whole.rows.filter(({ envelope }) => envelope.stream === `case-${given}`)).toHaveLength(10);
        const pages = [];
        for (let after = from, hasNext = true; hasNext;) {
          const page = await session.events({ after, first: 1 });
          pages.push(...page.rows);
          after = page.rows.at(-1)!.envelope.sequence;
          hasNext = page.hasNext;
        }
        expect(pages.map(({ envelope }) => envelope)).toEqual(whole.rows.map(({ envelope }) => envelope));
      });

      it('says of which case, from whom and when, and no more', async () => {
        const session = used().readModels.session(reader(false, 'PERSON/ann'));
        const { rows } = await session.events({ after: from, first: 9, types });
        const lost = used().recorder.events.find(({ sequence }) => sequence === at.notAnn)!;
        expect(rows[1]).toMatchObject({
          payload: { caseId: given },
          envelope: {
            ...{ type: 'Lost', stream: `case-${given}`, sequence: at.notAnn, recordedAt: lost.recordedAt },
            ...{
              actor: { id: 'system', kind: 'SYSTEM' },
              commandId: null,
              hash: expect.stringMatching(/^[0-9a-f]{64}$/),
            },
          },
        });
        expect(new Set(rows.map(({ envelope }) => envelope.id)).size).toBe(2);
        expect(rows.map(({ envelope }) => envelope.id)).not.toContain(lost.id);
      });
    });
  });
}
