import { randomUUID } from 'node:crypto';
import { type AccessFilter, EVERYTHING } from '#read-models/access-filter.js';
import { WITHHELD } from '#read-models/withhold.js';
import { cases, notes } from './fixtures/read-store-projections.mjs';
import { type Happened, happening, noteAdded, opened } from './read-store.events.js';
import { reader } from './read-store.reader.js';
import { type Used } from './read-store.using.js';

/** What walls hide of a case: its records, their events and their ids. */
export function wallsContract(used: () => Used, ids: { shown: string; note: string; early: () => number }): void {
  describe('to records', () => {
    const { shown, note } = ids;
    const [walled, about] = [randomUUID(), randomUUID()];
    let wall: Happened;

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
      const changes = await session.changes(key, await session.at({ sequence: ids.early() }), at);
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
}
